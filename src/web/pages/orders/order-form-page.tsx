import { CopyOutlined } from '@ant-design/icons'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { copyLast, getOrder } from '../../../modules/orders/orders.api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { ConditionsPanel } from './conditions-panel.tsx'
import { CreditPanel, WaysPanel } from './credit-panel.tsx'
import { DuePanel } from './due-panel.tsx'
import { LinesPanel } from './lines-panel.tsx'
import { emptyOrder, formOf, type OrderAnswer } from './order-form.ts'
import { OrderIssues } from './order-issues.tsx'
import './orders.css'
import { type OrderFormState, useOrderForm } from './use-order-form.ts'

export function NewOrderPage() {
  const { company } = useSession()
  const { customerId } = useSearch({ strict: false }) as { customerId?: string }
  return <OrderFormView state={useOrderForm(emptyOrder(company.today, customerId), undefined)} />
}

export function EditOrderPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const order = useApi(getOrder, { params: { id } })
  return <Loaded query={order}>{(data) => <EditOrder key={`${data.id}`} order={data} />}</Loaded>
}

function EditOrder({ order }: { order: OrderAnswer }) {
  const state = useOrderForm(formOf(order), { id: order.id, version: order.version })
  return <OrderFormView state={state} order={order} />
}

/** One page with the live check: quicker for what is keyed in often than a wizard. */
function OrderFormView({ state, order }: { state: OrderFormState; order?: OrderAnswer }) {
  const words = useWords('orders')
  const { form, check, problem } = state
  const held = check.data?.credit?.result === 'hold'
  return (
    <>
      <FormHead state={state} {...(order ? { order } : {})} />
      <div className="order-notes">
        {problem ? <OrderIssues problem={problem} /> : null}
        <DraftNote draft={state.kept} onRestore={state.restore} />
        {held ? <HoldNote state={state} /> : null}
      </div>
      <div className="split">
        <div className="stack">
          <ConditionsPanel state={state} />
          <LinesPanel state={state} />
          <DuePanel check={check.data} />
        </div>
        <aside className="stack order-aside">
          <CreditPanel check={form.customerId ? check.data : undefined} />
          <WaysPanel check={check.data} customerId={form.customerId} />
          {check.data && check.data.missing.length > 0 && state.form.lines.some(({ productId }) => productId) ? (
            <Missing state={state} />
          ) : null}
        </aside>
      </div>
      <span className="only-read">{words('title')}</span>
    </>
  )
}

function FormHead({ state, order }: { state: OrderFormState; order?: OrderAnswer }) {
  const words = useWords('orders')
  const shell = useWords('shell')
  const navigate = useNavigate()
  const { form, check, busy } = state
  const copy = useAction(copyLast, { onDone: ({ id }) => void navigate({ to: paths.editOrder({ id }) }) })
  const held = check.data?.credit?.result === 'hold'
  const asks = check.data?.asks ?? []
  const label = words(held ? 'form.submitForRelease' : asks.length > 0 ? 'form.submitForApproval' : 'form.submit')
  useKeys([{ keys: 'mod+enter', label, run: () => void state.submitOrder(), inFields: true, disabled: busy !== false }])
  const meta = [
    words('form.defaults'),
    asks.length > 0 ? words('form.asks', { roles: asks.map((role) => shell(`roles.${role}`)).join(words('shared:join.names')) }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <PageHead
      crumbs={[{ label: words('title'), to: paths.orders() }, { label: order?.no ?? words('new') }]}
      title={order ? `${words('edit')} ${order.no ?? ''}` : words('new')}
      status={<Status word={order?.status ?? 'draft'} />}
      meta={meta}
      actions={
        <>
          {order || !form.customerId ? null : (
            <Button
              icon={<CopyOutlined />}
              loading={copy.isPending}
              onClick={() => copy.mutate({ body: { customerId: form.customerId! } })}
            >
              {words('form.copyLast')}
            </Button>
          )}
          <Button loading={busy === 'save'} disabled={!form.customerId} onClick={() => void state.saveDraft()}>
            {words('form.saveDraft')}
          </Button>
          <Button type="primary" loading={busy === 'submit'} disabled={!form.customerId} onClick={() => void state.submitOrder()}>
            {label} <KeyHint keys="mod+enter" />
          </Button>
        </>
      }
    />
  )
}

/** Says before saving what will happen, at the top, in one sentence. */
function HoldNote({ state }: { state: OrderFormState }) {
  const words = useWords('orders')
  const credit = state.check.data!.credit!
  const lead = Number(credit.over) > 0 ? words('form.willHoldLimit', { over: formatDecimal(credit.over) }) : words('form.willHold')
  return (
    <Note tone="danger" icon="lock" lead={lead}>
      {words('form.holdMeans')} {words('form.waysListed')}
    </Note>
  )
}

function Missing({ state }: { state: OrderFormState }) {
  const words = useWords('orders')
  const codes = [...new Set(state.check.data!.missing.map(({ code }) => code.replace('.', ':problems.')))]
  return (
    <Note tone="warning" lead={words('form.missing')}>
      {codes.map((code) => words(code)).join(words('shared:join.clauses'))}
    </Note>
  )
}
