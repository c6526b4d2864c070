import { formatMinor } from '../../kernel/money.ts'
import { type Phrase, speak } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { word } from '../../platform/words.ts'
import { type Ageing, type AgeingReport, type AgeingRow, type AgeingSums, ageing } from './ageing.query.ts'
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
  readonly columns: readonly ExportColumn[]
  readonly rows: readonly (readonly Cell[])[]
  readonly totals: readonly Cell[]
  readonly meta: readonly { readonly label: string; readonly value: string }[]
}

/** The whole filter, in the caller's language. Throws ageing.tooManyToExport: the rows would not add up to the totals. */
export async function ageingTable(reader: Reader, report: Omit<AgeingReport, 'limit' | 'cursor'>): Promise<AgeingTable> {
  const whole = await ageing(reader, { ...report, limit: EXPORTED_MOST })
  if (whole.total > EXPORTED_MOST) throw new Problem('ageing.tooManyToExport', { count: whole.total, most: EXPORTED_MOST })
  const currency = report.currency ?? reader.caller.baseCurrency
  const say = (key: string, params = {}) => word(reader.caller.language, `ageing.${key}`, params) ?? key
  return {
    title: say('title'),
    about: say('export.about'),
    columns: columns(report, currency, say, (label) => speak(label, (key, params) => word(reader.caller.language, key, params) ?? key)),
    rows: whole.items.map((row) => [...keyCells(row, report.by, say), ...sumCells(row, report, currency), ...ownCells(row, report)]),
    totals: [
      say('export.total', { count: whole.total }),
      ...report.by.flatMap((_, index) => (index === 0 ? [null] : [null, null])),
      ...sumCells(whole.totals, report, currency),
      ...ownCells({ own: null }, report),
    ],
    meta: await meta(reader, report, whole, currency, say),
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
  const keys = by.flatMap((dimension): ExportColumn[] => [
    { title: say(`dimensions.${dimension}`), kind: 'text', width: 28 },
    { title: say('export.code'), kind: 'text', width: 14 },
  ])
  const own: ExportColumn[] = standApart(by)
    ? [
        { title: say('export.currency'), kind: 'text' },
        { title: say('export.ownTotal'), kind: 'amount' },
        { title: say('export.ownUnallocated'), kind: 'amount' },
      ]
    : []
  return [
    ...keys,
    ...ranges.map(({ label }) => amount(speakLabel(label))),
    amount(say('columns.total')),
    ...(cutsMoney(by) ? [amount(say('columns.unallocated'))] : []),
    { title: say('columns.overdueShare'), kind: 'percent', decimals: 1 },
    ...own,
  ]
}

/** What has no value is named as on screen. */
function keyCells({ keys }: AgeingRow, by: AgeingReport['by'], say: Say): Cell[] {
  return keys.flatMap(({ name, code }, index) => [name ?? say(`without.${by[index]!}`), code])
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
  const base = reader.caller.baseCurrency
  const lines = [
    { label: say('asOf'), value: report.asOf },
    { label: say('basis'), value: say(`bases.${report.basis}`) },
    { label: say('export.currency'), value: currency },
    { label: say('columns.total'), value: shown(whole.totals.total, currency) },
    { label: say('columns.unallocated'), value: shown(whole.totals.unallocated ?? 0n, currency) },
  ]
  if (proof === null) return lines
  return [
    ...lines,
    {
      label: say('proof.short'),
      value: say('export.proof', {
        ledger: shown(proof.ledger, base),
        account: shown(proof.account1122, base),
        difference: shown(proof.difference, base),
      }),
    },
  ]
}

/** For reading, not for reckoning: '1,234.50'. */
function shown(minor: bigint, currency: string): string {
  return formatMinor(minor, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}

function decimalsOf(currency: string): number {
  return formatMinor(0n, currency).split('.')[1]?.length ?? 0
}
