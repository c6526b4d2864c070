import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type OrderAction, orderTransitions } from '../../../modules/orders/order-status.ts'
import {
  cancelOrder,
  completeOrder,
  copyOrder,
  reopenOrder,
  submitOrders,
  undoDelivery,
  withdrawOrder,
} from '../../../modules/orders/orders.api.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { OrderAnswer } from './order-form.ts'

/** What may be done now, by the status and by the person; the filled button is the next step. */
export function OrderActions({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const session = useSession()
  const navigate = useNavigate()
  const { id, version, status } = order
  const may = (action: OrderAction): boolean =>
    orderTransitions[action].from.includes(status) &&
    session.may(action === 'complete' || action === 'undoDelivery' ? 'orders.deliver' : 'orders.edit')
  const copy = useAction(copyOrder, { onDone: (answer) => void navigate({ to: paths.editOrder({ id: answer.id }) }) })
  const submit = useAction(submitOrders)
  const withdraw = useAction(withdrawOrder)
  const problem = copy.error ?? submit.error ?? withdraw.error
  const send = () => submit.mutate({ body: { orders: [{ id, version }] } })
  useKeys([{ keys: 'mod+enter', label: words('form.submit'), run: send, disabled: !may('submit') }])
  return (
    <>
      {problem ? (
        <Note tone="danger">
          {problemSentence(problem)} {problem.issues.map(({ message }) => message).join(' ')}
        </Note>
      ) : null}
      {session.may('orders.edit') ? (
        <Button loading={copy.isPending} onClick={() => copy.mutate({ params: { id } })}>
          {words('detail.copy')}
        </Button>
      ) : null}
      {may('withdraw') ? (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: { id }, body: { version } })}>
          {words('action.withdraw')}
        </Button>
      ) : null}
      {may('reopen') ? (
        <WithReason route={reopenOrder} order={order} label={words('action.reopen')} consequence={words('detail.reopenMeans')} />
      ) : null}
      {may('undoDelivery') ? (
        <WithReason route={undoDelivery} order={order} label={words('action.undoDelivery')} consequence={words('detail.undoMeans')} />
      ) : null}
      {may('cancel') ? (
        <WithReason route={cancelOrder} order={order} label={words('action.cancel')} consequence={words('detail.cancelMeans')} />
      ) : null}
      {session.may('orders.edit') && (status === 'draft' || status === 'rejected' || status === 'submitted') ? (
        <PageLink to={paths.editOrder({ id })} look={status === 'rejected' ? 'primary' : 'default'}>
          {words('edit')}
        </PageLink>
      ) : null}
      {may('submit') ? (
        <Button type="primary" loading={submit.isPending} onClick={send}>
          {words('form.submit')} <KeyHint keys="mod+enter" />
        </Button>
      ) : null}
      {may('complete') ? <Complete order={order} /> : null}
    </>
  )
}

function WithReason({
  route,
  order,
  label,
  consequence,
}: {
  route: typeof cancelOrder
  order: OrderAnswer
  label: string
  consequence: string
}) {
  const words = useWords('orders')
  const [reason, setReason] = useState('')
  const action = useAction(route)
  return (
    <ConfirmDanger
      label={label}
      title={`${label} ${order.no ?? ''}`}
      consequence={
        <>
          {consequence}
          <Input
            className="order-reason"
            placeholder={words('detail.reason')}
            aria-label={words('detail.reason')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      }
      onConfirm={() => action.mutateAsync({ params: { id: order.id }, body: { version: order.version, reason } })}
    />
  )
}

/** 完成, with what the customer said. */
function Complete({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const [score, setScore] = useState('')
  const [feedback, setFeedback] = useState('')
  const action = useAction(completeOrder)
  const send = () =>
    action.mutate({
      params: { id: order.id },
      body: { version: order.version, score: /^[1-5]$/.test(score) ? Number(score) : null, feedback },
    })
  return (
    <>
      {action.error ? <Note tone="danger">{problemSentence(action.error)}</Note> : null}
      <Input
        className="order-score"
        placeholder={words('detail.score')}
        aria-label={words('detail.score')}
        value={score}
        maxLength={1}
        onChange={(event) => setScore(event.target.value)}
      />
      <Input
        className="order-feedback"
        placeholder={words('detail.feedbackText')}
        aria-label={words('detail.feedbackText')}
        value={feedback}
        maxLength={1_000}
        onChange={(event) => setFeedback(event.target.value)}
      />
      <Button type="primary" loading={action.isPending} onClick={send}>
        {words('action.complete')}
      </Button>
    </>
  )
}
