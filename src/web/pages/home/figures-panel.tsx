import { Link } from '@tanstack/react-router'
import type { Phrase } from '../../../kernel/phrase.ts'
import { readAgeing } from '../../../modules/ageing/ageing.api.ts'
import { listReceipts } from '../../../modules/receipts/receipts.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AgeingStrip } from '../../ui/ageing-strip.tsx'
import { Amount } from '../../ui/amount.tsx'
import { type Kpi, KpiStrip } from '../../ui/kpi-strip.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { shareText } from '../../ui/share-text.ts'
import { phraseText, useWords } from '../../words.ts'

type Ageing = Answer<typeof readAgeing>

/** How it stands: what is open, what of it is late, what came in this month; and all that is open by age. */
export function FiguresPanel() {
  const words = useWords('shell')
  const query = useApi(readAgeing, { query: { by: ['customer'], limit: 1, proof: 'false' } })
  return (
    <Loaded query={query} rows={3}>
      {(ageing) => (
        <>
          <Figures ageing={ageing} />
          <Panel
            title={words('home.ageing')}
            sub={`${ageing.currency} · ${ageing.asOf}`}
            extra={<Link to={paths.ageing()}>{words('nav.ageing')}</Link>}
          >
            <AgeingStrip
              values
              parts={ageing.buckets.map(({ label }, at) => ({
                label: phraseText(label as Phrase),
                amount: ageing.totals.buckets[at] ?? null,
              }))}
            />
          </Panel>
        </>
      )}
    </Loaded>
  )
}

function Figures({ ageing: { totals, currency } }: { ageing: Ageing }) {
  const words = useWords('shell')
  const share = shareText(totals.overdue, totals.total)
  const items: Kpi[] = [
    { label: words('home.open'), value: <Amount value={totals.total} />, unit: currency, to: paths.receivables() },
    {
      label: words('home.overdueAmount'),
      value: <Amount value={totals.overdue} />,
      unit: currency,
      change: share === undefined ? undefined : words('home.overdueShare', { share }),
      to: paths.receivables({ status: ['overdue'] }),
    },
    ...useReceivedThisMonth(),
  ]
  return <KpiStrip items={items} />
}

/** Confirmed receipts since the first of the month; different currencies are never added, the base currency comes first. */
function useReceivedThisMonth(): Kpi[] {
  const words = useWords('shell')
  const { company, may } = useSession()
  const from = `${company.today.slice(0, 8)}01`
  const filter = { status: ['confirmed'], from, until: company.today }
  const { data } = useApi(listReceipts, { query: { ...filter, limit: 1, sums: 'only' } }, { enabled: may('receipts.view') })
  if (!data) return []
  const sums = data.sums ?? []
  const [first = { currency: company.baseCurrency, amount: '0.00' }, ...others] = [...sums].sort((a) =>
    a.currency === company.baseCurrency ? -1 : 1,
  )
  return [
    {
      label: words('home.received'),
      value: <Amount value={first.amount} />,
      unit: first.currency,
      change: (
        <>
          {words('home.receivedCount', { count: data.total ?? 0 })}
          {others.map((sum) => (
            <span key={sum.currency}>
              {' · '}
              <Amount value={sum.amount} currency={sum.currency} />
            </span>
          ))}
        </>
      ),
      to: paths.receipts({ state: 'confirmed', from, until: company.today }),
    },
  ]
}
