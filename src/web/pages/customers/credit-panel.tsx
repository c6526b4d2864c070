import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { usePhone } from '../../preferences.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { CreditBar } from '../../ui/credit-bar.tsx'
import type { ExposurePart } from '../../ui/credit-segments.ts'
import { Dot } from '../../ui/dot.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { Customer, Overview } from './customer-page.tsx'

/** What is used of the limit, by where the debt stands; the group's limits below when there are any. */
export function CreditPanel({ customer: { id, children }, overview: { credit } }: { customer: Customer; overview: Overview }) {
  const words = useWords('customers')
  const phone = usePhone()
  const parts: ExposurePart[] = [
    { key: 'overdue', label: words('shared:credit.overdue'), amount: credit.components.overdue },
    { key: 'notDue', label: words('shared:credit.notDue'), amount: credit.components.notDue },
    { key: 'bills', label: words('shared:credit.bills'), amount: credit.components.bills },
    { key: 'orders', label: words('shared:credit.orders'), amount: credit.components.openOrders },
  ]
  // with everyone below, as the exposure counts
  const documents: Readonly<Record<string, string>> = {
    overdue: paths.receivables({ groupId: id, status: ['overdue'] }),
    notDue: paths.receivables({ groupId: id, status: ['open', 'partPaid'] }),
    orders: paths.customer({ id }, { tab: 'orders' }),
  }
  const share = credit.usedBasisPoints === null ? undefined : Math.round(credit.usedBasisPoints / 100)
  const until = credit.limit.temporary && credit.limit.until ? words('credit.temporaryUntil', { day: credit.limit.until }) : undefined
  return (
    <Panel title={words('credit.title')} sub={[credit.currency, words('credit.live'), until].filter(Boolean).join(' · ')}>
      {credit.hold.onHold ? (
        <Note tone="danger" icon="lock" lead={words('credit.held')}>
          {credit.hold.reason}
        </Note>
      ) : null}
      {credit.pending.map((limit) => (
        <PendingLimit key={limit.requestId} limit={limit} />
      ))}
      <CreditBar parts={parts} limit={credit.limit.kind === 'limited' ? credit.limit.amount : null} named={!phone} />
      <dl className="legend">
        {parts.map((part) => (
          <div key={part.key}>
            <dt>
              <Dot color={`exp-${part.key}`} />
              {part.label}
            </dt>
            <dd>
              <Documents to={documents[part.key]} amount={part.amount} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{words(credit.limit.kind === 'limited' ? 'shared:credit.available' : `credit.${credit.limit.kind}`)}</dt>
          <dd className={share !== undefined && share >= 90 ? 'warn' : ''}>
            {credit.available === null ? '–' : <Amount value={credit.available} strong />}
            {share === undefined ? null : <div className="secondary small">{words('credit.used', { share })}</div>}
          </dd>
        </div>
      </dl>
      {children > 0 ? (
        <p className="secondary">
          {words('credit.withBelow')}{' '}
          <PageLink to={paths.customers({ parentId: id })} look="link" small>
            {words('meta.children', { count: children })}
          </PageLink>
        </p>
      ) : null}
      {credit.group.map((account) => (
        <GroupLimit key={account.customerId} account={account} />
      ))}
    </Panel>
  )
}

/** The limit of a group above holds back an order just as the customer's own does: passed, it is said as loudly. */
function GroupLimit({ account: { customerId, name, exposure, limit, available } }: { account: Overview['credit']['group'][number] }) {
  const words = useWords('customers')
  const said = words('credit.group', { name: name || words('credit.hiddenGroup') })
  const figures = (
    <>
      <Amount value={exposure} /> / {limit.amount === null ? words(`credit.${limit.kind}`) : <Amount value={limit.amount} />}
    </>
  )
  if (available === null || !available.startsWith('-'))
    return (
      <p className="secondary">
        {said} {figures}
      </p>
    )
  return (
    <Note tone="danger" lead={said} action={name ? <Link to={paths.customer({ id: customerId })}>{words('credit.openGroup')}</Link> : null}>
      {figures} · {words('credit.groupOver', { over: formatDecimal(available.slice(1)) })}
    </Note>
  )
}

/** A part of the exposure, one click away from what makes it. */
function Documents({ to, amount }: { to: string | undefined; amount: string }) {
  const shown = <Amount value={amount} strong />
  return to === undefined || !/[1-9]/.test(amount) ? shown : <Link to={to}>{shown}</Link>
}

/** A limit that has been asked for and does not count yet: how much, by whom, and who decides. */
function PendingLimit({
  limit: { kind, limit, effectiveFrom, requestedBy, role, requestId },
}: {
  limit: Overview['credit']['pending'][number]
}) {
  const words = useWords('customers')
  const said = words('credit.pending.said', {
    kind: words(`limits.kinds.${kind}`),
    amount: limit === null ? words('credit.unlimited') : formatDecimal(limit),
    day: effectiveFrom,
    by: requestedBy,
    role: words(`shell:roles.${role}`),
  })
  const open = (
    <PageLink to={paths.approval({ id: requestId })} look="link" small>
      {words('credit.pending.open')}
    </PageLink>
  )
  return (
    <Note tone="warning" lead={words('credit.pending.lead')} action={open}>
      {said}
    </Note>
  )
}
