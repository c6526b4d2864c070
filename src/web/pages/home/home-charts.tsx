import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { homeCash, homeFigures } from '../../../modules/reports/home/home.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { type ApiQuery, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { shadeOfBucket } from '../../ui/ageing-buckets.ts'
import { Chart } from '../../ui/chart.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'
import { useShort } from './use-short.ts'

type Figures = Answer<typeof homeFigures>
type Cash = Answer<typeof homeCash>

/** Three charts: what stands open by age, what is expected when, and how the overdue share moves against its target. */
export function HomeCharts() {
  const words = useWords('home')
  const { may } = useSession()
  const figures = useApi(homeFigures, {}, { enabled: may('ageing.view') })
  const cash = useApi(homeCash, {}, { enabled: may('receivables.view') })
  return (
    <div className="home-charts">
      <Shown query={figures} title={words('charts.ageing')}>
        {(data) => <AgeingChart data={data} />}
      </Shown>
      <Shown query={cash} title={words('charts.cash')}>
        {(data) => <CashChart data={data} />}
      </Shown>
      <Shown query={figures} title={words('charts.overdueShare')}>
        {(data) => <OverdueChart data={data} />}
      </Shown>
    </div>
  )
}

/** The chart, or its panel with what went wrong: the others stand. */
function Shown<T>({ query, title, children }: { query: ApiQuery<T>; title: string; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  return (
    <Panel title={title} className="chart-panel">
      <Loaded query={query} rows={6}>
        {() => null}
      </Loaded>
    </Panel>
  )
}

function AgeingChart({ data: { months, buckets, asOf } }: { data: Figures }) {
  const words = useWords('home')
  return (
    <Chart
      title={words('charts.ageing')}
      sub={words('charts.ageingSub')}
      extra={<Link to={paths.ageing()}>{words('charts.toAgeing')}</Link>}
      height={176}
      data={{
        categories: monthNames(months, asOf, words),
        unit: 'amount',
        series: buckets.map((bucket, at) => ({
          name: bucketName(bucket, words),
          kind: 'bar',
          stack: 'age',
          tint: `age-${shadeOfBucket(at, buckets.length)}`,
          values: months.map((month) => month.buckets[at] ?? null),
        })),
      }}
      to={(at) => paths.ageing({ asOf: months[at]!.on })}
    />
  )
}

function CashChart({ data: { weeks, passed, later } }: { data: Cash }) {
  const words = useWords('home')
  const short = useShort()
  const has = (certainty: 'promise' | 'prediction' | 'dueOnly') => weeks.some((week) => Number(week[certainty]) !== 0)
  // promises stand in the legend only where somebody has given one
  const shown = (['promise', 'prediction', 'dueOnly'] as const).filter((certainty) => certainty !== 'promise' || has(certainty))
  const isKnown = weeks.every(({ likely }) => likely !== null)
  return (
    <Chart
      title={words('charts.cash')}
      sub={words('charts.cashSub')}
      extra={
        <Link to={paths.receivables({ expectedFrom: weeks[0]!.from, expectedUntil: weeks.at(-1)!.to })}>{words('charts.toCash')}</Link>
      }
      height={176}
      data={{
        categories: weeks.map(({ from }) => from.slice(5)),
        unit: 'amount',
        series: shown.map((certainty) => ({
          name: words(`charts.${certainty}`),
          kind: 'bar',
          stack: 'cash',
          tint: `cert-${certainty}`,
          values: weeks.map((week) => week[certainty]),
        })),
        ...(isKnown
          ? {
              range: {
                name: words('charts.likely'),
                low: weeks.map(({ likely }) => likely!.low),
                high: weeks.map(({ likely }) => likely!.high),
              },
            }
          : {}),
      }}
      to={(at) => paths.receivables({ expectedFrom: weeks[at]!.from, expectedUntil: weeks[at]!.to })}
      foot={<p className="small muted home-apart">{words('charts.apart', { passed: short(passed).text, later: short(later).text })}</p>}
    />
  )
}

function OverdueChart({ data: { months, targets, asOf } }: { data: Figures }) {
  const words = useWords('home')
  return (
    <Chart
      title={words('charts.overdueShare')}
      sub={words('charts.overdueSub')}
      extra={<Link to={paths.report({ key: 'overdue' })}>{words('charts.toOverdue')}</Link>}
      height={216}
      data={{
        categories: monthNames(months, asOf, words),
        unit: 'percent',
        series: [
          { name: words('charts.overdueShare'), kind: 'line', tint: 'text', values: months.map(({ overdueShare }) => overdueShare) },
        ],
        ...(targets.overdueShare === null
          ? {}
          : { target: { name: words('charts.target', { share: Number(targets.overdueShare) }), value: Number(targets.overdueShare) } }),
      }}
      to={(at) => paths.ageing({ asOf: months[at]!.on, overdueOnly: 'true' })}
    />
  )
}

/** '2026-10-31' → 2026-10; the last one is today. */
function monthNames(months: Figures['months'], asOf: string, words: Words): string[] {
  return months.map(({ on }) => (on === asOf ? words('charts.now') : on.slice(2, 7)))
}

function bucketName({ fromDays, toDays }: Figures['buckets'][number], words: Words): string {
  if (fromDays === null) return words('shared:notDue')
  return toDays === null ? words('shared:bucketOver', { from: fromDays - 1 }) : words('shared:bucketDays', { from: fromDays, to: toDays })
}
