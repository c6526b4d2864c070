import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { checkReceipt } from '../../../modules/receipts/receipts.api.ts'
import { type Answer, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { formatDecimal, readAmount } from '../../ui/amount-text.ts'
import { Note } from '../../ui/note.tsx'
import { useWords } from '../../words.ts'
import type { ReceiptValues } from './receipt-form.ts'

type Check = Answer<typeof checkReceipt>
const TYPING_MS = 300

/** Asks while one types: does this look like money that is here already, and does it fit its order? */
export function useReceiptCheck(values: ReceiptValues | undefined, exceptId: string | undefined): Check | undefined {
  const body = values && isComplete(values) ? bodyOf(values, exceptId) : undefined
  const settled = useSettled(JSON.stringify(body))
  return useQuery({
    queryKey: [checkReceipt.path, settled],
    queryFn: ({ signal }) => call(checkReceipt, { body: JSON.parse(settled!), signal }),
    enabled: settled !== undefined && settled === JSON.stringify(body),
  }).data
}

function bodyOf(values: ReceiptValues, exceptId: string | undefined) {
  const { customerId, orderId, currency, amount, receivedOn, payerName, channelTx } = values
  return {
    customerId: customerId || null,
    orderId: orderId || null,
    currency,
    amount,
    receivedOn,
    payerName: payerName || null,
    channelTx: channelTx || null,
    ...(exceptId === undefined ? {} : { exceptId }),
  }
}

function isComplete({ amount, receivedOn, customerId, orderId, payerName, channelTx }: ReceiptValues): boolean {
  const positive = readAmount(amount ?? '', 6) !== undefined && /[1-9]/.test(amount) && !amount.startsWith('-')
  return positive && receivedOn !== '' && Boolean(customerId || orderId || payerName || channelTx)
}

function useSettled(text: string | undefined): string | undefined {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

export function CheckNotes({
  check,
  accepted,
  onAccept,
}: {
  check: Check | undefined
  accepted: boolean
  onAccept: (accepted: boolean) => void
}) {
  return (
    <div aria-live="polite" className="stack">
      {check && check.duplicates.length > 0 ? <Duplicates found={check.duplicates} accepted={accepted} onAccept={onAccept} /> : null}
      {check?.order ? <OrderFit order={check.order} /> : null}
    </div>
  )
}

function Duplicates({
  found,
  accepted,
  onAccept,
}: {
  found: Check['duplicates']
  accepted: boolean
  onAccept: (accepted: boolean) => void
}) {
  const words = useWords('receipts')
  const certain = found.some((one) => one.certain)
  const action = certain ? undefined : (
    <Checkbox checked={accepted} onChange={(event) => onAccept(event.target.checked)}>
      {words('check.notDuplicate')}
    </Checkbox>
  )
  return (
    <Note tone={certain ? 'danger' : 'warning'} lead={words(certain ? 'check.certain' : 'check.likely')} action={action}>
      {found.slice(0, 3).map((one) => (
        <span key={one.id} className="nowrap">
          <Link to={paths.receipt({ id: one.id })} target="_blank">
            {one.no}
          </Link>{' '}
          {one.receivedOn} · {one.customerName ?? words('noPayer')} · {formatDecimal(one.amount)} ·{' '}
          {one.reasons.map((reason) => words(`check.reasons.${reason}`)).join(words('check.and'))}{' '}
        </span>
      ))}
    </Note>
  )
}

function OrderFit({ order }: { order: NonNullable<Check['order']> }) {
  const words = useWords('receipts')
  const { verdict, no, received } = order
  const amount = formatDecimal(order.difference.replace('-', ''))
  const params = { no: no ?? '', amount, received: formatDecimal(received), total: formatDecimal(order.amount) }
  return (
    <Note tone={verdict === 'equal' ? 'success' : verdict === 'less' ? 'info' : 'warning'}>{words(`check.order.${verdict}`, params)}</Note>
  )
}
