import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { useWords } from '../../words.ts'
import { changeText } from './change-text.ts'
import { figureText } from './report-cell.tsx'
import type { Report, ReportColumn } from './report-question.ts'

const SHOWN_MOST = 4

/** The totals in one strip, each beside the period before and the year before, in words. Only where a report compares. */
export function ReportKpis({ report: { columns, totals, comparison, currency, to } }: { report: Report }) {
  const words = useWords('reports')
  const { company } = useSession()
  const isRunning = to > company.today
  if (comparison.length === 0) return null
  const shown = columns.filter(({ key, kind }) => (kind === 'money' || kind === 'count') && key !== 'amountThen').slice(0, SHOWN_MOST)
  const change = ({ key }: ReportColumn): string =>
    comparison
      .map(({ period, totals: then }) => {
        const changed = changeText(totals[key], then[key])
        return changed === undefined ? words(`page.${period}Nothing`) : words(`page.${period}`, { change: changed })
      })
      .join(words('shared:join.comma'))
  return (
    <>
      <KpiStrip
        items={shown.map((column) => ({
          label: column.title,
          value: column.kind === 'money' ? formatDecimal(String(totals[column.key] ?? '0')) : figureText(column, totals[column.key] ?? 0),
          ...(column.kind === 'money' ? { unit: currency } : {}),
          change: change(column),
        }))}
      />
      <p className="secondary small report-compared">
        {comparison.map(({ period, from, to }) => words(`page.compared.${period}`, { from, to })).join(words('shared:join.clauses'))}
        {isRunning ? `${words('shared:join.clauses')}${words('page.comparedRunning')}` : ''}
      </p>
    </>
  )
}
