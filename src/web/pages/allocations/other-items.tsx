import { Checkbox } from 'antd'
import { daysBetween } from '../../../kernel/day.ts'
import { formatMinor, parseMinor } from '../../../kernel/money.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import type { Proposal } from './allocate-receipt-page.tsx'
import { type AllocationDraft, isChosen } from './allocation-draft.ts'

type Item = Proposal['items'][number]

/** Everything that is open for this payer and its group; a tick makes the allocation one's own. */
export function OtherItems(props: {
  items: readonly Item[]
  draft: AllocationDraft
  payerId: string | null
  currency: string
  onToggle: (item: Item) => void
}) {
  const { items, draft, payerId, currency, onToggle } = props
  const words = useWords('allocations')
  const { company } = useSession()
  const total = items.reduce((sum, item) => sum + (parseMinor(item.open, currency) ?? 0n), 0n)
  return (
    <Panel
      title={words('others')}
      sub={words('othersSub', { count: items.length, amount: formatDecimal(formatMinor(total, currency)) })}
      flush
    >
      <DataTable<Item>
        name="allocation-items"
        label={words('others')}
        rows={items}
        rowKey={(item) => item.id}
        rowNote={(item) => (isChosen(draft, item.id) ? 'marked' : undefined)}
        empty={<EmptyState title={words('nothingOpen')} text={words('nothingOpenText')} />}
        phoneRow={(item) => ({
          lead: <Checkbox checked={isChosen(draft, item.id)} onChange={() => onToggle(item)} aria-label={item.no} />,
          title: item.no,
          amount: <Amount value={item.open} />,
          reason: item.references.join(' · ') || item.dueOn,
          mark: <Overdue days={daysBetween(item.dueOn, company.today as never)} short />,
        })}
        columns={[
          {
            key: 'no',
            title: words('to'),
            render: (item) => (
              <Checkbox checked={isChosen(draft, item.id)} onChange={() => onToggle(item)}>
                <span className="nowrap">{item.no}</span>
              </Checkbox>
            ),
          },
          {
            key: 'dueOn',
            title: words('dueOn'),
            render: (item) => (
              <>
                <span className="nowrap">{item.dueOn}</span> <DiscountOffer item={item} />
              </>
            ),
          },
          { key: 'overdue', title: words('age'), render: (item) => <Overdue days={daysBetween(item.dueOn, company.today as never)} /> },
          { key: 'names', title: words('names'), render: (item) => <CutText text={item.references.join(' · ') || '–'} /> },
          { key: 'status', title: words('state'), render: (item) => <ItemStatus item={item} payerId={payerId} /> },
          { key: 'open', title: words('open'), align: 'right', render: (item) => <Amount value={item.open} /> },
        ]}
      />
    </Panel>
  )
}

function DiscountOffer({ item: { discount } }: { item: Item }) {
  const words = useWords('allocations')
  if (!discount) return null
  return (
    <span className={discount.isInTime ? 'success small' : 'muted small'}>
      {words(discount.isInTime ? 'discountOffered' : 'discountOver', {
        amount: formatDecimal(discount.amount),
        day: discount.lastDay.slice(5),
      })}
    </span>
  )
}

function ItemStatus({ item, payerId }: { item: Item; payerId: string | null }) {
  const words = useWords('allocations')
  if (item.disputed) return <Status word="disputed" plain />
  if (item.customerId !== payerId) return <Status word="check" plain text={words('ofMember', { name: item.customerName })} />
  return item.open === item.amount ? null : <Status word="partPaid" plain />
}
