import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { type Phrase, speak } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { word } from '../../platform/words.ts'
import { company } from '../company/company.query.ts'
import type { AgeingDimension } from './ageing.api.ts'
import { type Ageing, type AgeingReport, type AgeingRow, type AgeingSort, type AgeingSums, ageing } from './ageing.query.ts'
import { cutsMoney } from './ageing-dimensions.query.ts'
import { standApart } from './ageing-groups.query.ts'
import { tieOut } from './tie-out.query.ts'

/** Rows of one export; more is no report any more. */
const EXPORTED_MOST = 200_000

/** The report as a table for Excel, CSV and PDF: the rows as on screen, the totals of the whole filter last, and what it is about. */
export type AgeingTable = {
  readonly title: string
  /** Name of the sheet that says what the report is about. */
  readonly about: string
  readonly aboutColumns: readonly ExportColumn[]
  readonly columns: readonly ExportColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** The rows for a reader: by two dimensions, each value of the first one ends with its subtotal. */
  readonly withSubtotals: readonly (readonly Cell[])[]
  readonly totals: readonly Cell[]
  readonly asOf: Day
  readonly meta: readonly AgeingFact[]
}

/** One thing that the report says of itself; `amount` is decimal text where it is money. */
export type AgeingFact = { readonly label: string; readonly value: string; readonly amount?: string }

/** The whole filter, in the caller's language. Throws ageing.tooManyToExport: the rows would not add up to the totals. */
export async function ageingTable(reader: Reader, report: Omit<AgeingReport, 'limit' | 'cursor'>): Promise<AgeingTable> {
  const whole = await ageing(reader, { ...report, limit: EXPORTED_MOST })
  if (whole.total > EXPORTED_MOST) throw new Problem('ageing.tooManyToExport', { count: whole.total, most: EXPORTED_MOST })
  const currency = report.currency ?? reader.caller.baseCurrency
  const groups = report.by.length > 1 ? ageingGroups(whole.items, report.sort) : [{ rows: whole.items, sums: whole.totals }]
  const say = (key: string, params = {}) => word(reader.caller.language, `ageing.${key}`, params) ?? key
  const cells = (row: AgeingRow): Cell[] => [...keyCells(row, report.by, say), ...sumCells(row, report, currency), ...ownCells(row, report)]
  const summed = (name: string, sums: AgeingSums): Cell[] => [
    name,
    ...keyTitles(report.by, say)
      .slice(1)
      .map(() => null),
    ...sumCells(sums, report, currency),
    ...ownCells({ own: null }, report),
  ]
  const subtotal = ({ rows, sums }: AgeingGroup) =>
    summed(say('export.subtotal', { name: nameOf(rows[0]!, 0, report.by, say), count: rows.length }), sums)
  return {
    title: say('title'),
    about: say('export.about'),
    aboutColumns: [
      { title: say('title'), kind: 'text', width: 36 },
      { title: say('export.about'), kind: 'text', width: 60 },
      {
        title: say('export.amount'),
        kind: 'amount',
        width: 20,
        decimals: Math.max(decimalsOf(currency), decimalsOf(reader.caller.baseCurrency)),
      },
    ],
    asOf: report.asOf,
    columns: columns(report, currency, say, (label) => speakWith(reader, label)),
    rows: groups.flatMap(({ rows }) => rows.map(cells)),
    withSubtotals:
      report.by.length > 1 ? groups.flatMap((group) => [...group.rows.map(cells), subtotal(group)]) : groups[0]!.rows.map(cells),
    totals: summed(say('export.total', { count: whole.total }), whole.totals),
    meta: await meta(reader, report, whole, currency, say),
  }
}

/** The rows of one value of the first dimension, in their own order, and what they add up to. */
type AgeingGroup = { readonly rows: readonly AgeingRow[]; readonly sums: AgeingSums }

/**
 * The rows of a report by two dimensions as on screen, where the second one opens below the first: what belongs to one value stands together, values in the order of
 * their own sums (or names, in which order the rows already are).
 */
function ageingGroups(rows: readonly AgeingRow[], sort: AgeingSort): AgeingGroup[] {
  const groups = [...Map.groupBy(rows, ({ keys }) => keys[0]?.id ?? null).values()].map((own) => ({ rows: own, sums: added(own) }))
  if (sort.endsWith('name')) return groups
  const direction = sort.startsWith('-') ? -1 : 1
  const amount = ({ sums }: AgeingGroup): bigint => (sort.endsWith('overdue') ? sums.overdue : sums.total)
  return groups.sort((a, b) => (amount(a) < amount(b) ? -direction : amount(a) > amount(b) ? direction : 0))
}

function added(rows: readonly AgeingRow[]): AgeingSums {
  const sum = (of: (row: AgeingRow) => bigint): bigint => rows.reduce((total, row) => total + of(row), 0n)
  return {
    buckets: (rows[0]?.buckets ?? []).map((_, index) => sum(({ buckets }) => buckets[index]!)),
    total: sum(({ total }) => total),
    overdue: sum(({ overdue }) => overdue),
    unallocated: rows.some(({ unallocated }) => unallocated !== null) ? sum(({ unallocated }) => unallocated ?? 0n) : null,
  }
}

type Say = (key: string, params?: Record<string, string | number>) => string

function columns(
  { by, ranges }: Pick<AgeingReport, 'by' | 'ranges'>,
  currency: string,
  say: Say,
  speakLabel: (label: Phrase) => string,
): ExportColumn[] {
  const amount = (title: string): ExportColumn => ({ title, kind: 'amount', decimals: decimalsOf(currency) })
  const own: ExportColumn[] = standApart(by)
    ? [
        { title: say('export.currency'), kind: 'text' },
        { title: say('export.ownTotal'), kind: 'amount' },
        { title: say('export.ownUnallocated'), kind: 'amount' },
      ]
    : []
  return [
    ...keyTitles(by, say),
    ...ranges.map(({ label }) => amount(speakLabel(label))),
    amount(say('columns.total')),
    ...(cutsMoney(by) ? [amount(say('columns.unallocated'))] : []),
    { title: say('columns.overdueShare'), kind: 'percent', decimals: 1 },
    ...own,
  ]
}

/** Dimensions whose values have a code of their own. */
const CODED: ReadonlySet<AgeingDimension> = new Set(['customer', 'group', 'product', 'entity'])

/** A column for the name and, where there is one, for the code, which says whose code it is. */
function keyTitles(by: AgeingReport['by'], say: Say): ExportColumn[] {
  return by.flatMap((dimension): ExportColumn[] => {
    const name = say(`dimensions.${dimension}`)
    const code: ExportColumn = { title: say('export.codeOf', { name }), kind: 'text', width: 14 }
    return [{ title: name, kind: 'text', width: 28 }, ...(CODED.has(dimension) ? [code] : [])]
  })
}

function keyCells(row: AgeingRow, by: AgeingReport['by'], say: Say): Cell[] {
  return row.keys.flatMap(({ code }, index) => [nameOf(row, index, by, say), ...(CODED.has(by[index]!) ? [code] : [])])
}

/** What has no value is named as on screen. */
function nameOf({ keys }: AgeingRow, index: number, by: AgeingReport['by'], say: Say): string {
  return keys[index]!.name ?? say(`without.${by[index]!}`)
}

function sumCells(sums: AgeingSums, { by }: Pick<AgeingReport, 'by'>, currency: string): Cell[] {
  const amount = (minor: bigint): string => formatMinor(minor, currency)
  return [...sums.buckets.map(amount), amount(sums.total), ...(cutsMoney(by) ? [amount(sums.unallocated ?? 0n)] : []), overdueShare(sums)]
}

function ownCells({ own }: Pick<AgeingRow, 'own'>, { by }: Pick<AgeingReport, 'by'>): Cell[] {
  if (!standApart(by)) return []
  return own === null
    ? [null, null, null]
    : [own.currency, formatMinor(own.total, own.currency), formatMinor(own.unallocated ?? 0n, own.currency)]
}

/** As on screen, to a tenth of a per cent: '0.344' is 34.4 %. Empty where nothing is open. */
export function overdueShare({ overdue, total }: Pick<AgeingSums, 'overdue' | 'total'>): string | null {
  if (total <= 0n) return null
  const thousandths = (overdue * 2_000n + total) / (2n * total)
  return `${thousandths / 1_000n}.${String(thousandths % 1_000n).padStart(3, '0')}`
}

async function meta(
  reader: Reader,
  report: Omit<AgeingReport, 'limit' | 'cursor'>,
  whole: Ageing,
  currency: string,
  say: Say,
): Promise<AgeingTable['meta']> {
  const proof = await tieOut(reader, report.asOf)
  const { baseCurrency: base, name, timeZone } = reader.caller
  const money = (label: string, minor: bigint, of: string): AgeingFact => ({
    label,
    value: `${shown(minor, of)} ${of}`,
    amount: formatMinor(minor, of),
  })
  const checked = (key: string, minor: bigint): AgeingFact => money(`${say('proof.short')} · ${say(`export.${key}`)}`, minor, base)
  return [
    { label: say('export.company'), value: (await company(reader)).name },
    { label: say('asOf'), value: report.asOf },
    { label: say('export.grouping'), value: report.by.map((dimension) => say(`dimensions.${dimension}`)).join(' → ') },
    { label: say('basis'), value: say(`bases.${report.basis}`) },
    { label: say('page.scheme'), value: report.ranges.map(({ label }) => speakWith(reader, label)).join(' · ') },
    { label: say('export.currency'), value: currency },
    money(say('columns.total'), whole.totals.total, currency),
    money(say('columns.unallocated'), whole.totals.unallocated ?? 0n, currency),
    ...(proof === null
      ? []
      : [checked('ledger', proof.ledger), checked('account', proof.account1122), checked('difference', proof.difference)]),
    { label: say('export.madeBy'), value: name },
    { label: say('export.madeAt'), value: wallClock(reader.at, timeZone) },
  ]
}

function speakWith({ caller: { language } }: Reader, label: Phrase): string {
  return speak(label, (key, params) => word(language, key, params) ?? key)
}

/** '2026-11-20 09:30' where the company is, with the zone. */
function wallClock(at: Date, timeZone: string): string {
  return `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)} ${timeZone}`
}

/** For reading, not for reckoning: '1,234.50'. */
function shown(minor: bigint, currency: string): string {
  return formatMinor(minor, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}

function decimalsOf(currency: string): number {
  return formatMinor(0n, currency).split('.')[1]?.length ?? 0
}
