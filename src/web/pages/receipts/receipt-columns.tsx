import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DayText } from '../../ui/day-text.tsx'
import type { PhoneRow } from '../../ui/phone-list.tsx'
import { Status } from '../../ui/status.tsx'
import type { Words } from '../../words.ts'
import { type Receipt, receiptStatus } from './receipt-status.ts'

export function receiptColumns(words: Words, today: string): Column<Receipt>[] {
  const text = (key: string, value: (row: Receipt) => string | null): Column<Receipt> => ({
    key,
    title: words(`fields.${key}`),
    choice: 'hidden',
    render: (row) => <CutText text={value(row) ?? '–'} />,
  })
  return [
    { key: 'no', title: words('fields.no'), render: (row) => <span className="link-like nowrap">{row.no}</span> },
    { key: 'receivedOn', title: words('fields.receivedOn'), render: (row) => <DayText value={row.receivedOn} short today={today} /> },
    { key: 'customer', title: words('fields.customer'), render: (row) => <CutText text={payerOf(row, words)} /> },
    { ...text('reference', (row) => row.reference), choice: 'shown' },
    {
      key: 'amount',
      title: words('fields.amount'),
      align: 'right',
      render: (row) => <Amount value={row.amount} currency={row.currency} />,
    },
    {
      key: 'unallocated',
      title: words('fields.unallocated'),
      align: 'right',
      render: (row) => <Amount value={row.status === 'confirmed' ? row.unallocated : null} />,
    },
    { key: 'status', title: words('fields.status'), render: (row) => <StatusCell row={row} words={words} /> },
    { ...text('createdBy', (row) => row.createdByName), choice: 'shown' },
    text('customerCode', (row) => row.customerCode),
    text('order', (row) => row.orderNo),
    text('method', (row) => row.methodName),
    text('bankAccount', (row) => row.bankAccountName),
    text('payerName', (row) => row.payerName),
    text('confirmedBy', (row) => row.confirmedByName),
  ]
}

function StatusCell({ row, words }: { row: Receipt; words: Words }) {
  return (
    <span className="nowrap">
      <Status word={receiptStatus(row)} plain /> {row.opening ? <span className="secondary">{words('opening')}</span> : null}
    </span>
  )
}

export function phoneReceipt(row: Receipt, words: Words, today: string): PhoneRow {
  return {
    title: payerOf(row, words),
    amount: <Amount value={row.amount} {...(row.currency === 'CNY' ? {} : { currency: row.currency })} />,
    reason: (
      <>
        <DayText value={row.receivedOn} short today={today} /> · {row.no}
      </>
    ),
    mark: <Status word={receiptStatus(row)} plain />,
  }
}

export function payerOf(row: Pick<Receipt, 'customerName' | 'payerName'>, words: Words): string {
  return row.customerName ?? row.payerName ?? words('noPayer')
}
