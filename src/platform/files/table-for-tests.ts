import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { Problem, type ReasonedParams } from '../../kernel/problem.ts'
import { readTable } from './read-table.ts'
import type { ReadTableOptions, Table, TableRow } from './table.ts'

/** Writes `bytes` to a file of its own, opens it, hands it to `use`, and tidies up. */
export async function withTable<T>(
  name: string,
  bytes: Buffer | string,
  use: (table: Table) => Promise<T>,
  options?: ReadTableOptions,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  try {
    const path = join(folder, 'upload')
    await writeFile(path, bytes)
    const table = await readTable({ path, name }, options)
    try {
      return await use(table)
    } finally {
      await table.close()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export function rowsOf(name: string, bytes: Buffer | string, options?: ReadTableOptions): Promise<TableRow[]> {
  return withTable(name, bytes, (table) => collected(table.rows()), options)
}

export async function cellsOf(name: string, bytes: Buffer | string, options?: ReadTableOptions): Promise<(readonly string[])[]> {
  return (await rowsOf(name, bytes, options)).map((row) => row.cells)
}

/** The Problem that `work` ends with; anything else fails the test. */
export async function problemOf(work: Promise<unknown>): Promise<{ code: string; params: ReasonedParams }> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(outcome instanceof Problem)) throw new Error(`a Problem was expected, not ${outcome instanceof Error ? outcome.stack : outcome}`)
  return { code: outcome.code, params: outcome.params }
}

/** A stream that keeps what it is given. */
export class MemoryStream extends Writable {
  private readonly chunks: Buffer[] = []
  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk))
    done()
  }
  bytes(): Buffer {
    return Buffer.concat(this.chunks)
  }
}
