import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { listCustomers } from '../../../modules/customers/customers.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { CustomerFilters, customerFilters, serverQuery } from './customer-filters.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'

type Page = Answer<typeof listCustomers>
type Row = Page['items'][number]

/** Every customer with what it owes, by any filter; sums are those of the whole filter. */
export function CustomersPage() {
  const words = useWords('customers')
  const { may } = useSession()
  const filters = useFilters(customerFilters)
  const list = useList(listCustomers, { query: serverQuery(filters.values) })
  const [selected, setSelected] = useState<readonly string[]>([])
  const rows = (list.query.data?.items ?? []).filter((row) => selected.includes(row.id))
  return (
    <>
      <PageHead
        title={words('title')}
        {...(list.query.data ? { meta: words('listMeta', { count: list.query.data.total, currency: list.query.data.currency }) } : {})}
        actions={<Actions />}
      />
      <CustomerFilters filters={filters} />
      <Panel flush>
        <DataTable
          name="customers"
          label={words('title')}
          columns={columns(words, list.query.data)}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.customer({ id: row.id })}
          phoneRow={(row) => ({
            title: row.name,
            amount: <Amount value={row.open} />,
            reason: `${row.code} · ${row.salesperson?.name ?? words('nobody')}`,
            mark: row.oldestOverdueDays > 0 ? <Overdue days={row.oldestOverdueDays} /> : '',
          })}
          sort={filters.values.sort}
          onSort={(sort) => filters.set({ sort })}
          sumTitle={words('sum')}
          {...(may('customers.edit') ? { selected, onSelect: setSelected } : {})}
          {...(rows.length > 0 ? { footer: <HandOverDialog customers={rows} onDone={() => setSelected([])} /> } : {})}
          empty={filters.active.length > 0 ? <NoResult filters={filters.active.length} onClear={filters.clear} /> : <NothingYet />}
        />
      </Panel>
    </>
  )
}

function Actions() {
  const words = useWords('customers')
  const { may } = useSession()
  return (
    <>
      {may('customers.merge') ? <PageLink to={paths.duplicateCustomers()}>{words('duplicates.title')}</PageLink> : null}
      {may('customers.edit') ? (
        <PageLink to={paths.newCustomer()} look="primary" icon={<PlusOutlined />}>
          {words('new')}
        </PageLink>
      ) : null}
    </>
  )
}

function NothingYet() {
  const words = useWords('customers')
  const { may } = useSession()
  return (
    <EmptyState
      title={words('empty.title')}
      text={words('empty.text')}
      action={
        may('imports.run') ? (
          <PageLink to={paths.newImport({ kind: 'customers' })} look="primary">
            {words('empty.import')}
          </PageLink>
        ) : null
      }
      link={
        may('customers.edit') ? (
          <PageLink to={paths.newCustomer()} look="link">
            {words('new')}
          </PageLink>
        ) : null
      }
    />
  )
}

function columns(words: Words, page: Page | undefined): Column<Row>[] {
  return [
    { key: 'code', title: words('fields.code'), sort: true, width: 110, render: (row) => row.code },
    { key: 'name', title: words('fields.name'), sort: true, render: (row) => <NameCell row={row} /> },
    { key: 'salesperson', title: words('fields.salesperson'), choice: 'shown', width: 110, render: (row) => row.salesperson?.name ?? '–' },
    { key: 'region', title: words('fields.region'), choice: 'shown', width: 100, render: (row) => row.region?.name ?? '–' },
    { key: 'class', title: words('fields.class'), choice: 'shown', width: 70, render: (row) => row.class ?? '–' },
    { key: 'industry', title: words('fields.industry'), choice: 'hidden', width: 110, render: (row) => row.industry ?? '–' },
    { key: 'tags', title: words('fields.tags'), choice: 'hidden', render: (row) => row.tags.join(' ') || '–' },
    {
      key: 'open',
      title: words('open'),
      sort: true,
      align: 'right',
      width: 150,
      sum: <Amount value={page?.open} />,
      render: (row) => <Amount value={row.open} strong={/[1-9]/.test(row.open)} quiet={!/[1-9]/.test(row.open)} />,
    },
    {
      key: 'overdue',
      title: words('overdue'),
      sort: true,
      align: 'right',
      width: 150,
      sum: <Amount value={page?.overdue} />,
      render: (row) => <Amount value={row.overdue} quiet={!/[1-9]/.test(row.overdue)} />,
    },
    {
      key: 'oldest',
      title: words('oldest'),
      width: 130,
      render: (row) => (row.oldestOverdueDays > 0 ? <Overdue days={row.oldestOverdueDays} /> : '–'),
    },
    {
      key: 'lastReceipt',
      title: words('lastReceipt'),
      choice: 'shown',
      width: 110,
      render: (row) => <DayText value={row.lastReceivedOn} />,
    },
    { key: 'limit', title: words('limit'), align: 'right', choice: 'hidden', width: 140, render: (row) => <Amount value={row.limit} /> },
    {
      key: 'available',
      title: words('available'),
      align: 'right',
      choice: 'shown',
      width: 140,
      render: (row) => <Amount value={row.available} />,
    },
  ]
}

function NameCell({ row }: { row: Row }) {
  return (
    <span className="row">
      <span className="cut">{row.name}</span>
      {row.onHold ? <Status word="creditHold" plain /> : null}
      {row.status === 'active' ? null : <Status word={row.status} plain />}
    </span>
  )
}
