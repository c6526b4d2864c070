import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTable } from '../../src/platform/files/read-table.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'CANARY-ageing-export')
}, 120_000)
afterAll(() => app.close())

const get = async (path: string) => {
  const { status, body } = await story.company.people.financeManager.get(path)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body
}

describe('M7, T71: one figure everywhere, in files too', () => {
  test('Excel and CSV carry what the screen shows, totals last; the PDF opens', async () => {
    const path = 'by=customer&asOf=2026-11-10'
    const screen = await get(`/api/ageing?${path}&limit=200`)
    for (const format of ['xlsx', 'csv'] as const) {
      const { raw } = await story.company.people.financeManager.get(`/api/ageing.${format}?${path}`)
      const { rows } = await cellsOf(raw, format)
      const last = rows.at(-1)!
      expect(rows).toHaveLength(screen.items.length + 1)
      expect(last.slice(2, 10).map(number)).toEqual([...screen.totals.buckets, screen.totals.total, screen.totals.unallocated].map(number))
      screen.items.forEach((item: { keys: { name: string | null }[]; total: string }, index: number) => {
        expect(rows[index]![0]).toBe(item.keys[0]!.name ?? '不明来款')
        expect(number(rows[index]![8]!)).toBe(number(item.total))
      })
    }
    const { raw } = await story.company.people.financeManager.get(`/api/ageing.xlsx?${path}`)
    const { head, rows } = await cellsOf(raw, 'xlsx', 2)
    const said = new Map(rows.map(([label, ...values]) => [label, values]))
    expect(head.every((title) => title !== '')).toBe(true)
    expect(said.get('企业')![0]).not.toBe('')
    expect(said.get('分组')![0]).toBe('客户')
    expect(said.get('账龄区间')![0]).toContain('未到期')
    expect(number(said.get('未收合计')![1]!)).toBe(number(screen.totals.total))
    expect(number(said.get('与总账核对 · 差额')![1]!)).toBe(0)
    const pdf = await story.company.people.financeManager.get(`/api/ageing.pdf?${path}`)
    expect(pdf.raw.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('by two dimensions each value of the first one stands together, in the order of the screen, and ends with the sum that the screen shows', async () => {
    const path = 'by=salesperson&by=customer'
    const get200 = (query: string) => get(`/api/ageing?${query}&limit=200`)
    const [outer, inner] = [await get200('by=salesperson'), await get200(path)]
    const { raw } = await story.company.people.financeManager.get(`/api/ageing.xlsx?${path}`)
    const { head, rows } = await cellsOf(raw, 'xlsx')
    expect(head.slice(0, 4)).toEqual(['销售员', '客户', '客户编号', '未到期'])
    expect(outer.items.length).toBeGreaterThan(1)
    expect(rows).toHaveLength(inner.items.length + outer.items.length + 1)
    const total = head.indexOf('未收合计')
    let at = 0
    for (const { keys, total: expected } of outer.items as { keys: { id: string | null; name: string | null }[]; total: string }[]) {
      const own = inner.items.filter((item: { keys: { id: string | null }[] }) => item.keys[0]!.id === keys[0]!.id)
      const group = rows.slice(at, at + own.length)
      expect(new Set(group.map(([name]) => name)).size).toBe(1)
      expect(group.map((row) => number(row[total]!))).toEqual(own.map((item: { total: string }) => number(item.total)))
      const subtotal = rows[at + own.length]!
      expect(subtotal[0]).toBe(`${group[0]![0]} 小计（${own.length} 行）`)
      expect(number(subtotal[total]!)).toBe(number(expected))
      at += own.length + 1
    }
    const csv = await story.company.people.financeManager.get(`/api/ageing.csv?${path}`)
    expect((await cellsOf(csv.raw, 'csv')).rows).toHaveLength(inner.items.length + 1)
  })
})

function number(text: unknown): number {
  return Number(String(text))
}

/** The cells of an export below its header, as an importer would read them. */
async function cellsOf(raw: Buffer, format: 'xlsx' | 'csv', sheet = 1): Promise<{ head: string[]; rows: string[][] }> {
  const path = join(mkdtempSync(join(tmpdir(), 'huikuan-ageing-')), `export.${format}`)
  writeFileSync(path, raw)
  const table = await readTable({ path, name: path })
  try {
    const all: string[][] = []
    for await (const { cells } of table.rows(table.sheets[sheet - 1]!.name)) all.push([...cells])
    return { head: all[0]!, rows: all.slice(1) }
  } finally {
    await table.close()
    rmSync(dirname(path), { recursive: true })
  }
}
