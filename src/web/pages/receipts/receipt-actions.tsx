import { App, Button } from 'antd'
import { cancelReceipts, confirmReceipts } from '../../../modules/receipts/receipts.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'
import { UndoReceipt } from './undo-receipt.tsx'

/** The next step of a receipt with what follows from it, said beside the button. */
export function ReceiptActions({ receipt }: { receipt: ReceiptDetail }) {
  if (receipt.status === 'draft') return <DraftActions receipt={receipt} />
  if (receipt.status === 'confirmed') return <ConfirmedActions receipt={receipt} />
  return null
}

function DraftActions({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { may, person, company } = useSession()
  const own = company.fourEyes && receipt.createdBy === person.id
  const future = receipt.receivedOn > company.today
  const said = receipt.awaitingApproval ? 'awaiting' : own ? 'ownDraft' : future ? 'futureDraft' : 'confirmWill'
  const params = {
    name: receipt.createdByName ?? '',
    amount: formatDecimal(receipt.amount),
    currency: receipt.currency,
    day: receipt.receivedOn,
  }
  const confirmable = may('receipts.confirm') && said === 'confirmWill'
  return (
    <Note
      tone={said === 'confirmWill' ? 'info' : 'warning'}
      action={
        <span className="row wrap">
          {may('receipts.record') ? <DropDraft receipt={receipt} /> : null}
          {may('receipts.record') ? <PageLink to={paths.newReceipt({ draft: receipt.id })}>{words('edit')}</PageLink> : null}
          {confirmable ? <Confirm receipt={receipt} /> : null}
        </span>
      }
    >
      {words(`next.${said}`, params)}
    </Note>
  )
}

function Confirm({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { message } = App.useApp()
  const action = useAction(confirmReceipts, {
    onDone: ({ awaitingApproval }) =>
      message.success(words(awaitingApproval.length > 0 ? 'sentToApproval' : 'confirmedOne', { no: receipt.no ?? '' })),
  })
  const run = () => {
    const { id, version } = receipt
    action.mutateAsync({ body: { receipts: [{ id, version }] } }).catch((error: ApiProblem) => message.error(problemSentence(error)))
  }
  useKeys([{ keys: 'mod+enter', label: words('confirm'), run, disabled: action.isPending, inFields: true }])
  return (
    <Button type="primary" loading={action.isPending} onClick={run}>
      {words('confirm')} <KeyHint keys="mod+enter" />
    </Button>
  )
}

function DropDraft({ receipt: { id, version, no } }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const action = useAction(cancelReceipts)
  return (
    <ConfirmDanger
      label={words('drop')}
      title={words('dropTitle', { no: no ?? '' })}
      consequence={words('dropWill')}
      onConfirm={() => action.mutateAsync({ body: { receipts: [{ id, version }] } })}
    />
  )
}

function ConfirmedActions({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { may } = useSession()
  const left = receipt.customerId !== null && /[1-9]/.test(receipt.unallocated)
  if (!left && !may('receipts.reverse')) return null
  return (
    <Note
      tone={left ? 'info' : 'neutral'}
      action={
        <span className="row wrap">
          {may('receipts.reverse') ? <UndoReceipt receipt={receipt} /> : null}
          {left && may('allocations.allocate') ? (
            <PageLink to={paths.allocateReceipt({ id: receipt.id })} look="primary">
              {words('allocate')}
            </PageLink>
          ) : null}
        </span>
      }
    >
      {left
        ? words('next.allocate', { amount: formatDecimal(receipt.unallocated), currency: receipt.currency })
        : words(receipt.customerId === null ? 'next.unidentified' : 'next.nothing')}
    </Note>
  )
}
