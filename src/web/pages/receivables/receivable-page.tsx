import { Link, useParams } from '@tanstack/react-router'
import { getReceivable } from '../../../modules/receivables/receivables.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Attachments } from '../../ui/attachments.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { PauseButton } from '../../ui/dunning-blocks.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { UnpublishedYear } from '../../ui/unpublished-year.tsx'
import { useWords } from '../../words.ts'
import { ReceivableState } from './ledger-columns.tsx'
import { DisputeButton, RescheduleButton, VoidButton } from './receivable-dialogs.tsx'
import { ReceivableEvents } from './receivable-events.tsx'
import { AllocationsPanel, EntriesPanel, LinesPanel } from './receivable-panels.tsx'

export type Receivable = Answer<typeof getReceivable>

/** One receivable: what it is, what is still open, every entry with its voucher, and what people did. */
export function ReceivablePage() {
  const { id = '' } = useParams({ strict: false })
  const query = useApi(getReceivable, { params: { id } })
  return <Loaded query={query}>{(receivable) => <ReceivableView receivable={receivable} />}</Loaded>
}

function ReceivableView({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { may } = useSession()
  const { no, currency, kind, customerId, customerName, partName, dueOn, expectedOn } = receivable
  const basis = receivable.expectedBasis === null ? '' : words(`expected.${receivable.expectedBasis}`)
  const passed = receivable.expectedPassedDays
  const expectedChange = passed > 0 ? `${basis} · ${words('expectedPassed', { count: passed })}` : basis
  const settled = receivable.status === 'settled' || receivable.status === 'voided'
  return (
    <>
      <PageHead
        crumbs={[{ label: words('ledger'), to: paths.receivables() }]}
        title={no}
        status={
          <>
            <ReceivableState row={receivable} plain={false} />
            {receivable.status === 'overdue' ? <Overdue days={receivable.overdueDays} /> : null}
          </>
        }
        meta={
          <>
            <Link to={paths.customer({ id: customerId })}>{customerName}</Link> · {words(`kinds.${kind}`)}
            {partName === null ? null : ` · ${partName}`}
          </>
        }
        actions={
          <>
            {/[1-9]/.test(receivable.open) ? <PauseButton about={{ receivableId: receivable.id }} name={receivable.no} /> : null}
            <Actions receivable={receivable} />
          </>
        }
      />
      <div className="below">
        <KpiStrip
          items={[
            {
              label: words('amount'),
              value: <Amount value={receivable.amount} />,
              unit: currency,
              ...(currency === receivable.baseCurrency ? {} : { change: `${receivable.amountBase} ${receivable.baseCurrency}` }),
            },
            {
              label: words('openAmount'),
              value: <Amount value={receivable.open} />,
              unit: currency,
              change: words(receivable.receivedBefore === null ? 'progressIs' : 'progressSinceIs', {
                percent: Math.floor(receivable.progress / 100),
              }),
            },
            {
              label: words('dueOn'),
              value: <DayText value={dueOn} />,
              ...(dueOn === receivable.contractDueOn ? {} : { change: words('contractDayIs', { day: receivable.contractDueOn }) }),
            },
            settled
              ? { label: words('settledOn'), value: <DayText value={receivable.settledOn} /> }
              : {
                  label: words('expectedOn'),
                  value: <DayText value={expectedOn} />,
                  change: expectedChange,
                },
          ]}
        />
      </div>
      <div className="split">
        <div className="stack">
          <EntriesPanel receivable={receivable} />
          <AllocationsPanel receivable={receivable} />
          <LinesPanel receivable={receivable} />
        </div>
        <aside className="stack">
          <Facts receivable={receivable} />
          <Attachments entity="receivable" entityId={receivable.id} mayEdit={may('receivables.open')} />
          <ReceivableEvents receivable={receivable} />
        </aside>
      </div>
    </>
  )
}

function Facts({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { orderId, orderNo, originalAmount, receivedBefore } = receivable
  return (
    <Panel title={words('receivable')}>
      <KeyValues
        spread
        rows={[
          [words('order'), orderId === null ? undefined : <Link to={paths.order({ id: orderId })}>{orderNo}</Link>],
          [words('issuedOn'), <DayText key="issuedOn" value={receivable.issuedOn} />],
          [
            words('dueOn'),
            <span key="dueOn">
              <DayText value={receivable.dueOn} />
              {receivable.settledOn === null ? <UnpublishedYear dueOn={receivable.dueOn} /> : null}
            </span>,
          ],
          [words('contractDueOn'), <DayText key="contractDueOn" value={receivable.contractDueOn} />],
          [words('originalAmount'), originalAmount === null ? undefined : <Amount value={originalAmount} />],
          [words('receivedBefore'), receivedBefore === null ? undefined : <Amount value={receivedBefore} />],
          [words('broughtIn'), receivedBefore === null ? undefined : <Amount value={receivable.amount} />],
          [words('salesperson'), receivable.salespersonName],
          [words('region'), receivable.regionName],
          [words('entity'), receivable.entityName],
          [words('reference'), receivable.reference],
          [words('sourceNo'), receivable.sourceNo],
          [words('remark'), receivable.remark],
        ]}
      />
    </Panel>
  )
}

function Actions({ receivable }: { receivable: Receivable }) {
  const { may } = useSession()
  const isOpen = receivable.status !== 'settled' && receivable.status !== 'voided'
  const untouched = isOpen && receivable.open === receivable.amount
  return (
    <>
      {untouched && may('receivables.open') ? <VoidButton receivable={receivable} /> : null}
      {isOpen && may('receivables.reschedule') ? <DisputeButton receivable={receivable} /> : null}
      {isOpen && may('receivables.reschedule') ? <RescheduleButton receivable={receivable} /> : null}
    </>
  )
}
