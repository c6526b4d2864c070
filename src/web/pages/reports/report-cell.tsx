import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DayText } from '../../ui/day-text.tsx'
import { percentText, type ReportColumn } from './report-question.ts'

export type CellValue = string | number | null | undefined

const WORDS = new Set(['text', 'named', 'word', 'day'])

/** Figures stand at the right. */
export function isFigure({ kind }: Pick<ReportColumn, 'kind'>): boolean {
  return !WORDS.has(kind)
}

function isMoney({ kind }: Pick<ReportColumn, 'kind'>): boolean {
  return kind === 'money' || kind === 'ownMoney'
}

/** A cell as its kind is written: the same digits as in the files. No money in a row is a dash; a total says that it is nothing. */
export function ReportCell({ column, value, strong = false }: { column: ReportColumn; value: CellValue; strong?: boolean }) {
  if (value === null || value === undefined || value === '') return <Amount value={null} />
  if (isMoney(column)) return <Amount value={!strong && Number(value) === 0 ? null : String(value)} strong={strong} />
  if (column.kind === 'day') return <DayText value={String(value)} />
  if (!isFigure(column)) return <span className="cut">{value}</span>
  return <span className={`amount ${strong ? 'strong' : ''}`}>{figureText(column, value)}</span>
}

/** What a cell shows, for whoever hears it. */
export function cellText(column: ReportColumn, value: string | number): string {
  if (isMoney(column)) return formatDecimal(String(value))
  return isFigure(column) ? figureText(column, value) : String(value)
}

export function figureText({ kind, decimals }: Pick<ReportColumn, 'kind' | 'decimals'>, value: string | number): string {
  if (kind === 'percent') return percentText(String(value))
  return formatDecimal(String(value), kind === 'count' ? 0 : (decimals ?? undefined))
}
