import { Link, useParams } from '@tanstack/react-router'
import type { Phrase } from '../../../kernel/phrase.ts'
import { getOrder } from '../../../modules/orders/orders.api.ts'
import type { PaymentTerms } from '../../../modules/terms/payment-terms.ts'
import { termsSentence } from '../../../modules/terms/terms-sentence.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { Attachments } from '../../ui/attachments.tsx'
import { DayText, InstantText } from '../../ui/day-text.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { phraseText, useWords } from '../../words.ts'
import { creditWord } from './credit-word.ts'
import { DeliveryPanel } from './delivery-panel.tsx'
import { OpensReceivables } from './opens-receivables.tsx'
import { OrderActions } from './order-actions.tsx'
import type { OrderAnswer } from './order-form.ts'
import { discountText, OrderLinesTable, OrderReceivables } from './order-tables.tsx'
import './orders.css'

/** One order: where it stands, what was promised, what happened. */
export function OrderDetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const order = useApi(getOrder, { params: { id } })
  return <Loaded query={order}>{(data) => <OrderView order={data} />}</Loaded>
}

function OrderView({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const session = useSession()
  const credit = creditWord(order)
  const deliverable = session.may('orders.deliver') && (order.status === 'approved' || order.status === 'partlyDelivered')
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.orders() }, { label: order.no ?? '' }]}
        title={order.no ?? words('title')}
        status={
          <>
            <Status word={order.status} text={words(`status.${order.status}`)} />
            {credit ? <Status word={credit} /> : null}
            {order.lateDays > 0 ? <Status word="lateDelivery" text={words('list.late', { count: order.lateDays })} /> : null}
          </>
        }
        meta={`${order.customerName} · ${order.customerCode} · ${formatDecimal(order.amount)} ${order.currency}`}
        actions={<OrderActions order={order} />}
      />
      <OrderNotes order={order} />
      <div className="split">
        <div className="stack">
          <Panel
            title={words('detail.lines')}
            sub={`${words(order.pricesIncludeTax ? 'form.withTax' : 'form.withoutTax')}, ${order.currency}`}
            flush
          >
            <OrderLinesTable order={order} />
          </Panel>
          {deliverable ? <DeliveryPanel key={order.version} order={order} /> : null}
          <Panel title={words('detail.receivables')} sub={order.currency} extra={<OpensReceivables on={order.opensReceivables} />} flush>
            <OrderReceivables order={order} />
          </Panel>
        </div>
        <aside className="stack">
          <Progress order={order} />
          <Conditions order={order} />
          <Attachments entity="order" entityId={order.id} mayEdit={session.may('orders.edit')} />
          <History order={order} />
        </aside>
      </div>
    </>
  )
}

/** The rules that did not pass while the order waits, in words. */
function CreditReasons({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const credit = useWords('credit')
  const rules = order.creditRules.filter(({ result }) => result !== 'pass')
  if (order.status !== 'submitted' || rules.length === 0) return null
  const held = rules.some(({ result }) => result === 'hold')
  return (
    <Note tone={held ? 'danger' : 'warning'} lead={words(held ? 'detail.whyHeld' : 'detail.whyWarned')} {...(held ? { icon: 'lock' } : {})}>
      {rules.map(({ rule, reason }, index) => (
        <div key={`${rule}-${index}`}>
          {credit(`rules.name.${rule}`)} · {phraseText(reason as Phrase)}
        </div>
      ))}
    </Note>
  )
}

function OrderNotes({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const shell = useWords('shell')
  const session = useSession()
  const request = order.pendingRequest
  return (
    <div className="order-notes">
      {request ? (
        <Note
          tone="info"
          action={
            session.may('approvals.view') ? (
              <PageLink small to={paths.approval({ id: request.id })}>
                {words('detail.toApproval')}
              </PageLink>
            ) : null
          }
        >
          {words('detail.waits', { role: shell(`roles.${request.role}`) })}
        </Note>
      ) : null}
      <CreditReasons order={order} />
      {order.override ? (
        <Note tone="warning">
          {words(Number(order.override.over) === 0 ? 'detail.overridePlain' : 'detail.override', {
            name: order.override.byName ?? '',
            over: formatDecimal(order.override.over),
            reason: order.override.reason,
          })}
        </Note>
      ) : null}
      {order.statusReason ? (
        <Note tone="neutral" lead={words(`status.${order.status}`)}>
          {order.statusReason}
        </Note>
      ) : null}
      {order.sameReference.map((other) => (
        <Note
          key={other.id}
          tone="warning"
          action={
            <PageLink small to={paths.order({ id: other.id })}>
              {other.no}
            </PageLink>
          }
        >
          {words('form.sameReference', { no: other.no })}
        </Note>
      ))}
    </div>
  )
}

function Progress({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const quantity = order.lines.reduce(
    (sum, line) => sum + (Number(line.delivered) * Number(line.amount)) / Math.max(Number(line.quantity), 1e-6),
    0,
  )
  const share = Number(order.amount) === 0 ? 0 : Math.min(100, Math.floor((quantity * 100) / Number(order.amount)))
  return (
    <Panel title={words('detail.progress')} sub={order.currency}>
      <KeyValues
        spread
        rows={[
          [words('form.orderDiscountShown'), order.discount === null ? null : discountText(order.discount)],
          [words('detail.net'), <Amount key="n" value={order.net} />],
          [words('detail.tax'), <Amount key="t" value={order.tax} />],
          [words('form.total'), <Amount key="a" value={order.amount} strong />],
          [words('detail.delivered'), `${share}%`],
          [words('detail.received'), <Amount key="r" value={order.received} />],
          [words('detail.outstanding'), <Amount key="o" value={order.outstanding} />],
        ]}
      />
    </Panel>
  )
}

function Conditions({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const terms = order.terms as PaymentTerms | null
  const sentence = terms
    ? termsSentence(terms)
        .map((said) => phraseText(said as Phrase))
        .join(words('shared:join.clauses'))
    : null
  const how =
    order.approvedHow === 'rule'
      ? words('detail.byRule')
      : order.approvedHow === 'alone'
        ? words('detail.alone')
        : order.approvedByName
          ? words('detail.approvedBy', { name: order.approvedByName })
          : null
  return (
    <Panel title={words('detail.conditions')}>
      <KeyValues
        rows={[
          [
            words('form.customer'),
            <Link key="c" to={paths.customer({ id: order.customerId })}>
              {order.customerName}
            </Link>,
          ],
          [words('form.salesperson'), order.salespersonName],
          [words('form.orderedOn'), <DayText key="d" value={order.orderedOn} />],
          [words('form.deliveryOn'), <DayText key="p" value={order.deliveryOn} />],
          [
            words('form.terms'),
            order.termsName ? (
              <>
                {order.termsName}
                <div className="secondary small">{sentence}</div>
              </>
            ) : null,
          ],
          [words('form.method'), order.paymentMethodName],
          [words('form.reference'), order.customerReference],
          [words('form.rate'), order.rate === '1' ? null : order.rate],
          [words('detail.entity'), order.entityName],
          [words('form.remark'), order.remark],
          [
            words('list.status'),
            [order.createdByName ? words('detail.createdBy', { name: order.createdByName }) : null, how].filter(Boolean).join(' · '),
          ],
          [
            words('detail.feedback'),
            order.feedbackScore === null && !order.feedback ? null : `${order.feedbackScore ?? '–'} / 5 ${order.feedback ?? ''}`,
          ],
        ]}
      />
    </Panel>
  )
}

function History({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const { company } = useSession()
  const productOf = (lineNo: number): string => order.lines.find((line) => line.lineNo === lineNo)?.productName ?? `#${lineNo}`
  const text = (event: OrderAnswer['events'][number]): string => {
    const { reason, lines, how } = event.detail as { reason?: string; lines?: { lineNo: number; quantity: string }[]; how?: string }
    const quantities = lines
      ?.map(({ lineNo, quantity }) => `${productOf(lineNo)} × ${formatDecimal(quantity)}`)
      .join(words('shared:join.names'))
    const what = event.kind === 'approved' && how === 'rule' ? words('detail.byRule') : words(`event.${event.kind}`)
    return [what, quantities, reason].filter(Boolean).join(words('shared:join.colon'))
  }
  return (
    <Panel title={words('detail.history')}>
      <Timeline
        items={order.events.map((event) => ({
          key: event.id,
          at: event.happenedOn.slice(5),
          icon: '•',
          text: (
            <>
              {text(event)}{' '}
              <span className="muted small">
                <InstantText value={event.at} timeZone={company.timeZone} />
              </span>
            </>
          ),
          ...(event.byName ? { by: event.byName } : {}),
        }))}
      />
    </Panel>
  )
}
