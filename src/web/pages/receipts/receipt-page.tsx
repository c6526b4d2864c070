import { useParams } from '@tanstack/react-router'
import { getReceipt } from '../../../modules/receipts/receipts.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Attachments } from '../../ui/attachments.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { IdentifyPanel } from './identify-panel.tsx'
import { ReceiptActions } from './receipt-actions.tsx'
import { ReceiptAllocations, ReceiptVouchers } from './receipt-allocations.tsx'
import { payerOf } from './receipt-columns.tsx'
import { ReceiptFacts } from './receipt-facts.tsx'
import { receiptStatus } from './receipt-status.ts'

export type ReceiptDetail = Answer<typeof getReceipt>

/** One receipt: who says what about it, what follows from the next click, what it paid. */
export function ReceiptPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useApi(getReceipt, { params: { id } })
  return <Loaded query={query}>{(receipt) => <Detail receipt={receipt} />}</Loaded>
}

function Detail({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { may } = useSession()
  const unidentified = receipt.status === 'confirmed' && receipt.customerId === null
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.receipts() }, { label: receipt.no ?? '' }]}
        title={
          <>
            {payerOf(receipt, words)} <Amount value={receipt.amount} currency={receipt.currency} />
          </>
        }
        status={
          <>
            <Status word={receiptStatus(receipt)} /> {receipt.opening ? <span className="secondary">{words('opening')}</span> : null}
          </>
        }
        meta={<Meta receipt={receipt} />}
      />
      <div className="stack">
        <ReceiptActions receipt={receipt} />
        {unidentified && may('receipts.confirm') ? <IdentifyPanel receipt={receipt} /> : null}
        <div className="split below">
          <div className="stack">
            <ReceiptAllocations receipt={receipt} />
            {receipt.vouchers.length > 0 ? <ReceiptVouchers receipt={receipt} /> : null}
          </div>
          <div className="stack">
            <Panel title={words('facts')}>
              <ReceiptFacts receipt={receipt} />
            </Panel>
            <Attachments entity="receipt" entityId={receipt.id} mayEdit={may('receipts.record')} />
          </div>
        </div>
      </div>
    </>
  )
}

function Meta({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { company } = useSession()
  const { receivedOn, createdByName, confirmedByName, confirmedAt, reversedOn, reverseReason } = receipt
  const said = [
    words('meta.received', { day: receivedOn }),
    createdByName === null ? '' : words('meta.recordedBy', { name: createdByName }),
    confirmedByName === null ? '' : words('meta.confirmedBy', { name: confirmedByName }),
    reversedOn === null ? '' : words('meta.reversed', { day: reversedOn, reason: reverseReason ?? '' }),
  ]
  return (
    <>
      {said.filter((part) => part !== '').join(' · ')}{' '}
      {confirmedAt === null ? null : <InstantText value={confirmedAt} timeZone={company.timeZone} />}
    </>
  )
}
