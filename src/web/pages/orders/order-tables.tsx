import { formatPercent } from '../../../kernel/percent.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { UnpublishedYear } from '../../ui/unpublished-year.tsx'
import { useWords } from '../../words.ts'
import type { OrderAnswer } from './order-form.ts'

type Line = OrderAnswer['lines'][number]
type Receivable = OrderAnswer['receivables'][number]

export function OrderLinesTable({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const columns: Column<Line>[] = [
    { key: 'product', title: words('form.product'), render: (line) => <CutText text={`${line.productCode} ${line.productName}`} /> },
    {
      key: 'quantity',
      title: words('form.quantity'),
      align: 'right',
      render: (line) => (
        <span className="nowrap">
          {formatDecimal(line.quantity)} {line.unit}
        </span>
      ),
    },
    { key: 'delivered', title: words('detail.deliveredQuantity'), align: 'right', render: (line) => formatDecimal(line.delivered) },
    { key: 'price', title: words('form.price'), align: 'right', render: (line) => <Amount value={priceText(line.unitPrice)} /> },
    ...(order.lines.some((line) => line.discount !== null)
      ? [
          {
            key: 'discount',
            title: words('form.discountShown'),
            align: 'right' as const,
            render: (line: Line) => discountText(line.discount),
          },
        ]
      : []),
    { key: 'vatRate', title: words('form.vatRate'), align: 'right', render: (line) => formatPercent(line.vatRate) },
    {
      key: 'amount',
      title: words('form.amount'),
      align: 'right',
      render: (line) => <Amount value={line.amount} />,
      sum: <Amount value={order.amount} strong />,
    },
  ]
  return (
    <DataTable<Line>
      name="order-lines"
      label={words('detail.lines')}
      columns={columns}
      rowKey={(line) => String(line.lineNo)}
      rows={order.lines}
      sumTitle={words('form.total')}
      phoneRow={(line) => ({
        title: `${line.productCode} ${line.productName}`,
        amount: <Amount value={line.amount} />,
        reason: `${formatDecimal(line.quantity)} ${line.unit} × ${formatDecimal(priceText(line.unitPrice))}`,
        mark: `${words('detail.deliveredQuantity')} ${formatDecimal(line.delivered)}`,
      })}
      empty={null}
    />
  )
}

export function OrderReceivables({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const columns: Column<Receivable>[] = [
    { key: 'no', title: words('detail.no'), render: (row) => <span className="link-like nowrap">{row.no ?? '–'}</span> },
    { key: 'part', title: words('detail.partName'), render: (row) => row.partName ?? '–' },
    {
      key: 'dueOn',
      title: words('detail.dueOn'),
      render: (row) => (
        <>
          <DayText value={row.dueOn} />
          {row.settledOn === null ? (
            <span className="wrapped">
              <UnpublishedYear dueOn={row.dueOn} />
            </span>
          ) : null}
        </>
      ),
    },
    { key: 'amount', title: words('form.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
    {
      key: 'open',
      title: words('detail.open'),
      align: 'right',
      render: (row) => <Amount value={row.open} />,
      sum: <Amount value={order.outstanding} strong />,
    },
  ]
  return (
    <DataTable<Receivable>
      name="order-receivables"
      label={words('detail.receivables')}
      columns={columns}
      rowKey={(row) => row.id}
      rows={order.receivables}
      to={(row) => paths.receivable({ id: row.id })}
      sumTitle={words('form.total')}
      phoneRow={(row) => ({
        title: row.no ?? '–',
        amount: <Amount value={row.open} />,
        reason: row.partName ?? '',
        mark: <DayText value={row.dueOn} />,
      })}
      empty={<p className="secondary panel-body">{words('detail.noReceivables')}</p>}
    />
  )
}

/** A discount as it was agreed: '5%' or an amount off; nothing = dash. */
export function discountText(discount: Line['discount']): string {
  if (discount === null) return '–'
  return 'percent' in discount ? `${discount.percent}%` : formatDecimal(`-${discount.amount}`)
}

/** A unit price with at least two decimals: '8200' → '8200.00', '0.1234' stays. */
function priceText(price: string): string {
  const [whole = '0', decimals = ''] = price.split('.')
  return `${whole}.${decimals.padEnd(2, '0')}`
}
