import { AgeingStrip } from '../../ui/ageing-strip.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { Overview } from './customer-page.tsx'

/** The open balance by age, as of today, by due day. */
export function AgeingPanel({ overview }: { overview: Overview; customerId: string }) {
  const words = useWords('customers')
  const label = (fromDays: number | null, toDays: number | null) =>
    fromDays === null
      ? words('shared:notDue')
      : toDays === null
        ? words('shared:bucketOver', { from: fromDays - 1 })
        : words('shared:bucketDays', { from: fromDays, to: toDays })
  const parts = overview.ageing.map(({ fromDays, toDays, amount }) => ({
    label: label(fromDays, toDays),
    amount: /[1-9]/.test(amount) ? amount : null,
  }))
  const balance = (
    <span className="nowrap">
      {words('open')} <Amount value={overview.open} strong />
    </span>
  )
  return (
    <Panel title={words('ageing.title')} sub={words('ageing.sub', { day: overview.asOf })} extra={balance}>
      <AgeingStrip parts={parts} values />
      {/[1-9]/.test(overview.unallocated) ? (
        <p className="secondary">
          {words('ageing.unallocated')} <Amount value={overview.unallocated} />
        </p>
      ) : null}
    </Panel>
  )
}
