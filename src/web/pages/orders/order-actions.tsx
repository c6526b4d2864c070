import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal, Select } from 'antd'
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
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { OrderAnswer } from './order-form.ts'

const SCORES = [1, 2, 3, 4, 5]

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

type Said = { score?: number | null; feedback?: string }

/** 完成: asks what the customer said, each field with its label; both may stay empty. */
function Complete({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const [open, setOpen] = useState(false)
  const action = useAction(completeOrder, { onDone: () => setOpen(false) })
  const send = ({ score = null, feedback = '' }: Said) =>
    action.mutateAsync({ params: { id: order.id }, body: { version: order.version, score, feedback } })
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {words('action.complete')}
      </Button>
      <Modal
        open={open}
        footer={null}
        title={`${words('action.complete')} ${order.no ?? ''}`}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <FormPage<Said> initial={{}} onSubmit={send} submitLabel={words('action.complete')} onCancel={() => setOpen(false)}>
          <FormField name="score" label={words('detail.score')} optional>
            <Select allowClear options={SCORES.map((value) => ({ value, label: value }))} />
          </FormField>
          <FormField name="feedback" label={words('detail.feedbackText')} optional>
            <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2 }} />
          </FormField>
        </FormPage>
      </Modal>
    </>
  )
}
