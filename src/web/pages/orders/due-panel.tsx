import { day, daysBetween } from '../../../kernel/day.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { OpensReceivables } from './opens-receivables.tsx'
import type { OrderCheckAnswer } from './order-form.ts'

type Part = OrderCheckAnswer['due'][number]

/** 到期日预览: the same function that will make the receivables, per part, counted from the delivery day that the shown answer was asked with. */
export function DuePanel({ check }: { check: OrderCheckAnswer | undefined }) {
  const words = useWords('orders')
  const { deliveryOn } = (check?.content ?? {}) as { deliveryOn?: string | null }
  const currency = check?.totals?.currency ?? ''
  const columns: Column<Part>[] = [
    { key: 'name', title: words('due.part'), render: (part) => <b>{part.name}</b> },
    { key: 'amount', title: words('due.amount', { currency }), align: 'right', render: (part) => <Amount value={part.amount} /> },
    {
      key: 'base',
      title: words('due.base'),
      render: (part) =>
        `${words(`due.event.${part.baseEvent}`)} ${part.baseOn}${part.estimated ? words('shared:join.brackets', { text: words('due.estimated') }) : ''}`,
    },
    {
      key: 'dueOn',
      title: words('due.dueOn'),
      render: (part) => (
        <>
          <span className="nowrap">
            {part.dueOn}
            {part.dueOn === part.contractDue ? null : (
              <span className="secondary small"> {words('due.moved', { day: part.contractDue.slice(5) })}</span>
            )}
          </span>
          {part.unpublishedYear === null ? null : (
            <div className="warn small">{words('terms:unpublishedYear', { year: part.unpublishedYear })}</div>
          )}
        </>
      ),
    },
    { key: 'expected', title: words('due.expected'), render: (part) => <span className="secondary">{expectedText(part)}</span> },
  ]
  const expectedText = (part: Part): string => {
    const late = daysBetween(day(part.dueOn), day(part.expectedOn))
    if (check?.usualDaysLate === null) return '–'
    return late > 0 ? words('due.late', { day: part.expectedOn, count: late }) : part.expectedOn
  }
  return (
    <Panel
      title={words('due.title')}
      flush
      {...(deliveryOn ? { sub: words('due.sub', { day: deliveryOn }) } : {})}
      extra={check ? <OpensReceivables on={check.opensReceivables} /> : null}
    >
      <DataTable<Part>
        name="order-due"
        label={words('due.title')}
        columns={columns}
        rowKey={(part) => `${part.name}-${part.dueOn}`}
        rows={check?.due ?? []}
        empty={<p className="secondary panel-body">{words('due.nothing')}</p>}
      />
    </Panel>
  )
}
