import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createArchive, readArchive } from './archive.ts'

let folder: string
let file: string
const MANIFEST = { tables: ['ar.x'] }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'))
  file = join(folder, 'whole')
  const archive = await createArchive(file)
  await archive.part('ar.x', Readable.from([Buffer.from('客户\t1.00\n'.repeat(50))]))
  await archive.part('ar.y', Readable.from([Buffer.from('b')]))
  await archive.part('ar.none', Readable.from([]))
  await archive.finish(MANIFEST)
  await archive.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readAll = async (from: string): Promise<{ manifest: unknown; parts: Map<string, string> }> => {
  const parts = new Map<string, string>()
  const manifest = await readArchive(from, async (name, content) => {
    const pieces: Buffer[] = []
    for await (const piece of content) pieces.push(piece as Buffer)
    parts.set(name, Buffer.concat(pieces).toString())
  })
  return { manifest, parts }
}

describe('an archive', () => {
  it('comes back as it was written', async () => {
    const { manifest, parts } = await readAll(file)
    expect(manifest).toEqual(MANIFEST)
    expect([...parts]).toEqual([
      ['ar.x', '客户\t1.00\n'.repeat(50)],
      ['ar.y', 'b'],
      ['ar.none', ''],
    ])
  })

  it('with any single bit changed, or cut at any byte, is refused in words for an operator', async () => {
    const bytes = readFileSync(file)
    const damaged = join(folder, 'damaged')
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const copy = Buffer.from(bytes)
        copy[at] = copy[at]! ^ (1 << bit)
        writeFileSync(damaged, copy)
        await expect(readAll(damaged), `byte ${at} bit ${bit}`).rejects.toThrow(/is damaged|is not a backup|backup format/)
      }
      writeFileSync(damaged, bytes.subarray(0, at))
      await expect(readAll(damaged), `cut at ${at}`).rejects.toThrow(/is damaged|is not a backup/)
    }
  })

  it('passes on why a reader of a part gave up', async () => {
    await expect(readArchive(file, () => Promise.reject(new Error('the table is gone')))).rejects.toThrow('the table is gone')
    await expect(
      readArchive(file, async (_name, content) => {
        for await (const _piece of content) throw new Error('the disk is full')
      }),
    ).rejects.toThrow('the disk is full')
  })
})
