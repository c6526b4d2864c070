import { homeCash, homeCollections, homeFigures } from '../../../modules/reports/home/home.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { Bullet } from '../../ui/bullet.tsx'
import { type Kpi, KpiStrip } from '../../ui/kpi-strip.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useWords } from '../../words.ts'
import { useShort } from './use-short.ts'

/** As wide as fits beside a figure, in px. */
const LINE = 48

/** Five figures, each with its change in words and a door to its documents. One that cannot be read says so and leaves the others. */
export function HomeFigures() {
  return <KpiStrip items={[...useBalances(), useCollected(), useCash()]} />
}

function useBalances(): Kpi[] {
  const words = useWords('home')
  const { company, may } = useSession()
  const short = useShort()
  const { data, error } = useApi(homeFigures, {}, { enabled: may('ageing.view') })
  const labels = {
    open: words('kpi.open', { currency: company.baseCurrency }),
    overdue: words('kpi.overdue', { currency: company.baseCurrency }),
  }
  if (!data)
    return [labels.open, labels.overdue, words('kpi.dso')].map((label) => waiting(label, error ? words('charts.failed') : undefined))
  const { months, targets } = data
  const now = months.at(-1)!
  const then = months.at(-2)
  const change = then && Number(now.total) - Number(then.total)
  const points = then?.overdueShare != null && now.overdueShare !== null ? Number(now.overdueShare) - Number(then.overdueShare) : undefined
  return [
    {
      label: labels.open,
      ...short(now.total),
      change:
        change === undefined
          ? undefined
          : change === 0
            ? words('kpi.same')
            : words(change > 0 ? 'kpi.more' : 'kpi.less', { amount: short(Math.abs(change)).text }),
      graphic: <Sparkline width={LINE} values={months.map(({ total }) => Number(total))} />,
      to: paths.receivables(),
    },
    {
      label: labels.overdue,
      ...short(now.overdue, now.overdueShare === null ? '' : `${now.overdueShare}%`),
      change:
        points === undefined
          ? undefined
          : points === 0
            ? words('kpi.same')
            : words(points > 0 ? 'kpi.shareUp' : 'kpi.shareDown', { points: Math.abs(points).toFixed(1) }),
      graphic: <Sparkline width={LINE} values={months.map(({ overdue }) => Number(overdue))} danger />,
      to: paths.receivables({ status: ['overdue'] }),
    },
    {
      label: words('kpi.dso'),
      value: now.dso === null ? '–' : `${now.dso.isAtLeast ? `${words('kpi.atLeast')} ` : ''}${formatDecimal(now.dso.days)}`,
      unit: words('kpi.days'),
      change:
        now.dso === null
          ? words('kpi.noSales')
          : `${targets.dsoDays === null ? words('kpi.noTarget') : words('kpi.target', { days: targets.dsoDays })} · ${words('kpi.countback')}`,
      graphic: <Sparkline width={LINE} values={months.flatMap(({ dso }) => (dso ? [Number(dso.days)] : []))} />,
      to: paths.report({ key: 'dso' }),
    },
  ]
}

function useCollected(): Kpi {
  const words = useWords('home')
  const { company, may } = useSession()
  const short = useShort()
  const { data, error } = useApi(homeCollections, {}, { enabled: may('receipts.view') })
  const label = words('kpi.collected', { currency: company.baseCurrency })
  if (!data) return waiting(label, error ? words('charts.failed') : undefined)
  const { amount, before, from, to, ofTarget, ofTime } = data
  return {
    label,
    ...short(amount),
    change:
      ofTarget === null ? words('kpi.before', { amount: short(before).text }) : words('kpi.ofTarget', { target: ofTarget, time: ofTime }),
    graphic: ofTarget === null ? undefined : <Bullet percent={ofTarget} mark={ofTime} />,
    to: paths.report({ key: 'receipts' }, { from, to }),
  }
}

function useCash(): Kpi {
  const words = useWords('home')
  const { company, may } = useSession()
  const short = useShort()
  const { data, error } = useApi(homeCash, {}, { enabled: may('receivables.view') })
  const label = words('kpi.cash', { currency: company.baseCurrency })
  if (!data) return waiting(label, error ? words('charts.failed') : undefined)
  const { total, likely, weeks } = data
  return {
    label,
    ...short(total),
    change: likely === null ? words('kpi.noPast') : words('kpi.likely', { low: short(likely.low).text, high: short(likely.high).text }),
    graphic: <Sparkline width={LINE} values={weeks.map((week) => Number(week.total))} />,
    to: paths.receivables({ expectedFrom: weeks[0]!.from, expectedUntil: weeks.at(-1)!.to }),
  }
}

function waiting(label: string, failed: string | undefined): Kpi {
  return { label, value: '–', change: failed ?? '\u00a0' }
}
