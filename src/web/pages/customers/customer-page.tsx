import { useParams } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { readCustomer } from '../../../modules/customers/customers.api.ts'
import { customerOverview } from '../../../modules/reports/customer-overview.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Attachments } from '../../ui/attachments.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { AgeingPanel } from './ageing-panel.tsx'
import { ContactsTab } from './contacts-tab.tsx'
import { CreditPanel } from './credit-panel.tsx'
import { CustomerActions } from './customer-actions.tsx'
import { OpenItemsTab, OrdersTab, ReceiptsTab } from './document-tabs.tsx'
import { DunningPanel } from './dunning-panel.tsx'
import { HabitPanel } from './habit-panel.tsx'
import { LimitsTab } from './limits-tab.tsx'
import { ProfileTab } from './profile-tab.tsx'
import { TermsTab } from './terms-tab.tsx'
import { TimelinePanel } from './timeline-panel.tsx'

export type Customer = Answer<typeof readCustomer>
export type Overview = Answer<typeof customerOverview>

/** 客户 360°: what is used of the limit, how old the debt is, the open items; beside it the habit and what happened. */
export function CustomerPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { may } = useSession()
  const customer = useApi(readCustomer, { params: { id } })
  const overview = useApi(customerOverview, { params: { id } })
  return (
    <Loaded query={customer}>
      {(data) => (
        <>
          <CustomerHead customer={data} overview={overview.data} />
          {data.mergedInto ? (
            <Note
              tone="warning"
              lead={
                <PageLink to={paths.customer({ id: data.mergedInto.id })} look="link">
                  {data.mergedInto.name}
                </PageLink>
              }
            >
              <MergedInto />
            </Note>
          ) : null}
          <div className="split">
            <div className="stack">
              <Loaded query={overview} rows={4}>
                {(figures) => (
                  <>
                    <CreditPanel customer={data} overview={figures} />
                    <AgeingPanel overview={figures} customerId={id} />
                  </>
                )}
              </Loaded>
              <CustomerTabs customer={data} overview={overview.data} />
            </div>
            <div className="stack">
              <Loaded query={overview} rows={4}>
                {(figures) => <HabitPanel overview={figures} />}
              </Loaded>
              {may('dunning.view') ? <DunningPanel customerId={id} name={data.name} /> : null}
              <Attachments entity="customer" entityId={id} mayEdit={may('customers.edit')} />
              <TimelinePanel customerId={id} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}

function MergedInto() {
  return <>{useWords('customers')('mergedInto')}</>
}

function CustomerHead({ customer, overview }: { customer: Customer; overview: Overview | undefined }) {
  const words = useWords('customers')
  const used = overview?.credit.usedBasisPoints ?? 0
  const meta = [
    customer.class ? words('meta.class', { class: customer.class }) : undefined,
    customer.terms?.name,
    words('meta.salesperson', { name: customer.salesperson?.name ?? words('nobody') }),
    customer.region?.name,
    customer.path.length > 0 ? words('meta.group', { path: customer.path.map((one) => one.name).join(' / ') }) : undefined,
    customer.children > 0 ? words('meta.children', { count: customer.children }) : undefined,
  ].filter((part) => part)
  return (
    <PageHead
      crumbs={[{ label: words('title'), to: paths.customers() }, { label: customer.code }]}
      title={customer.name}
      status={
        <>
          {customer.status === 'active' ? null : <Status word={customer.status} />}
          {overview?.credit.hold.onHold ? <Status word="creditHold" /> : null}
          {used > 10_000 ? <Status word="overLimit" /> : used >= 9_000 ? <Status word="nearLimit" /> : null}
          {overview && overview.counts.disputed > 0 ? (
            <Status word="disputed" text={words('disputes', { count: overview.counts.disputed })} />
          ) : null}
          {customer.completeness.warnings.length > 0 ? <Status word="check" text={words('checkProfile')} /> : null}
        </>
      }
      meta={meta.join(' · ')}
      actions={<CustomerActions customer={customer} overview={overview} />}
    />
  )
}

function CustomerTabs({ customer, overview }: { customer: Customer; overview: Overview | undefined }) {
  const words = useWords('customers')
  const filters = useFilters({ tab: 'openItems' })
  const counts = overview?.counts
  const label = (key: string, count?: number) => (count === undefined ? words(`tabs.${key}`) : `${words(`tabs.${key}`)} ${count}`)
  const { id } = customer
  return (
    <Panel flush className="tabbed">
      <Tabs
        activeKey={filters.values.tab}
        onChange={(tab) => filters.set({ tab })}
        destroyOnHidden
        tabBarStyle={{ paddingInline: 16, marginBottom: 0 }}
        items={[
          { key: 'openItems', label: label('openItems', counts?.openItems), children: <OpenItemsTab customerId={id} /> },
          { key: 'receipts', label: label('receipts', counts?.receipts), children: <ReceiptsTab customerId={id} /> },
          { key: 'orders', label: label('orders', counts?.orders), children: <OrdersTab customerId={id} /> },
          { key: 'contacts', label: label('contacts', counts?.contacts), children: <ContactsTab customerId={id} /> },
          { key: 'profile', label: label('profile'), children: <ProfileTab customer={customer} /> },
          { key: 'limits', label: label('limits'), children: <LimitsTab customerId={id} /> },
          { key: 'terms', label: label('terms'), children: <TermsTab customerId={id} /> },
        ]}
      />
    </Panel>
  )
}
