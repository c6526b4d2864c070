import { Button, Select } from 'antd'
import { useState } from 'react'
import { isEditable, orderDeciders, orderStatuses } from '../../../modules/orders/order-status.ts'
import { listOrders, submitOrders } from '../../../modules/orders/orders.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords, type Words } from '../../words.ts'
import { creditWord } from './credit-word.ts'

type Row = Answer<typeof listOrders>['items'][number]
const NO_FILTERS = { q: '', status: [], credit: '', decider: '', from: '', until: '' } as const

export function OrderListPage() {
  return <Orders late={false} />
}

/** 发货延迟: promised for an earlier day and not wholly delivered, the longest late first. */
export function LateDeliveriesPage() {
  return <Orders late />
}

function Orders({ late }: { late: boolean }) {
  const words = useWords('orders')
  const session = useSession()
  const filters = useFilters(NO_FILTERS)
  const list = useList(listOrders, { query: { ...filters.values, ...(late ? { late: 'true' } : {}) } })
  const [selected, setSelected] = useState<readonly string[]>([])
  const mayEdit = session.may('orders.edit')
  const base = session.company.baseCurrency
  const { data } = list.query
  useKeys([{ keys: 'n', label: words('new'), run: () => window.location.assign(paths.newOrder()), disabled: !mayEdit }])
  const sub = data ? words('list.sub', { count: data.total, currency: base, sum: formatDecimal(data.sumBase) }) : undefined
  return (
    <>
      <PageHead
        title={words(late ? 'list.lateOnly' : 'title')}
        meta={sub}
        actions={
          <>
            {late ? (
              <PageLink to={paths.orders()}>{words('title')}</PageLink>
            ) : data && data.late > 0 ? (
              <PageLink to={paths.lateDeliveries()}>{words('list.lateCount', { count: data.late })}</PageLink>
            ) : null}
            {mayEdit ? (
              <PageLink to={paths.newOrder()} look="primary">
                {words('new')}
              </PageLink>
            ) : null}
          </>
        }
      />
      <OrderFilters filters={filters} />
      <Panel flush>
        <BulkSubmit rows={data?.items ?? []} selected={selected} onDone={() => setSelected([])} />
        <DataTable<Row>
          name="orders"
          label={words('title')}
          columns={columnsOf(words, base, data)}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.order({ id: row.id })}
          sumTitle={words('form.total')}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <Amount value={row.amount} />,
            reason: `${row.no ?? ''} · ${row.orderedOn}`,
            mark: <OrderStatus row={row} />,
          })}
          {...(mayEdit && !late ? { selected, onSelect: setSelected } : {})}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <NoOrders late={late} mayEdit={mayEdit} />
            )
          }
        />
      </Panel>
    </>
  )
}

function OrderFilters({ filters }: { filters: ReturnType<typeof useFilters<typeof NO_FILTERS>> }) {
  const words = useWords('orders')
  const credit = useWords('credit')
  const { values, set } = filters
  return (
    <FilterRow
      first={<FilterSearch value={values.q} onChange={(q) => set({ q })} placeholder={words('list.search')} />}
      folded={{ active: filters.active.filter((name) => name !== 'q').length }}
    >
      <FilterField label={words('list.status')}>
        <Select
          mode="multiple"
          allowClear
          placeholder={words('shared:all')}
          className="filter-select"
          value={[...values.status]}
          onChange={(status: string[]) => set({ status })}
          maxTagCount="responsive"
          options={orderStatuses.map((value) => ({ value, label: words(`status.${value}`) }))}
          style={{ minWidth: 160 }}
        />
      </FilterField>
      <FilterField label={words('list.credit')}>
        <Select
          allowClear
          placeholder={words('shared:all')}
          value={values.credit || undefined}
          onChange={(value: string | undefined) => set({ credit: value ?? '' })}
          options={['pass', 'warn', 'hold'].map((value) => ({ value, label: credit(`result.${value}`) }))}
          style={{ minWidth: 110 }}
        />
      </FilterField>
      <FilterField label={words('list.decider')}>
        <Select
          allowClear
          placeholder={words('shared:all')}
          value={values.decider || undefined}
          onChange={(value: string | undefined) => set({ decider: value ?? '' })}
          options={orderDeciders.map((value) => ({ value, label: words(`list.deciders.${value}`) }))}
          style={{ minWidth: 100 }}
        />
      </FilterField>
      <FilterField label={words('list.orderedOn')}>
        <DayInput value={values.from} onChange={(from) => set({ from })} aria-label={words('list.from')} />
        <span className="muted">–</span>
        <DayInput value={values.until} onChange={(until) => set({ until })} aria-label={words('list.until')} />
      </FilterField>
    </FilterRow>
  )
}

/** The amount in its own currency stands beside that in the company's only where one of the page differs. */
function columnsOf(words: Words, base: string, page: Answer<typeof listOrders> | undefined): Column<Row>[] {
  const isForeign = page?.items.some((row) => row.currency !== base) ?? false
  const own: Column<Row>[] = [
    { key: 'amount', title: words('list.amount'), align: 'right', render: (row) => <Amount value={row.amount} currency={row.currency} /> },
  ]
  return [
    { key: 'no', title: words('list.no'), render: (row) => <span className="link-like nowrap">{row.no ?? '–'}</span> },
    { key: 'customer', title: words('list.customer'), render: (row) => <CutText text={row.customerName} /> },
    { key: 'orderedOn', title: words('list.orderedOn'), render: (row) => <DayText value={row.orderedOn} /> },
    {
      key: 'deliveryOn',
      title: words('list.deliveryOn'),
      render: (row) => (
        <>
          <DayText value={row.deliveryOn} />
          {row.lateDays > 0 ? <span className="danger small nowrap"> {words('list.late', { count: row.lateDays })}</span> : null}
        </>
      ),
    },
    { key: 'status', title: words('list.status'), render: (row) => <OrderStatus row={row} /> },
    {
      key: 'credit',
      title: words('list.credit'),
      render: (row) => {
        const word = creditWord(row)
        return word ? <Status word={word} plain /> : <span className="muted">–</span>
      },
    },
    ...(isForeign ? own : []),
    {
      key: 'amountBase',
      title: words('list.amountBase', { currency: base }),
      align: 'right',
      render: (row) => <Amount value={row.amountBase} />,
      sum: page === undefined ? undefined : <Amount value={page.sumBase} strong />,
    },
    { key: 'salesperson', title: words('list.salesperson'), render: (row) => row.salespersonName ?? '–', choice: 'hidden' },
    { key: 'reference', title: words('list.reference'), render: (row) => row.customerReference ?? '–', choice: 'hidden' },
  ]
}

function OrderStatus({ row }: { row: Row }) {
  const words = useWords('orders')
  const text = row.status === 'partlyDelivered' ? words('list.delivered', { share: row.deliveredShare }) : words(`status.${row.status}`)
  return <Status word={row.status} plain text={text} />
}

/** Drafts that were chosen, submitted together; says what became of them. */
function BulkSubmit({ rows, selected, onDone }: { rows: readonly Row[]; selected: readonly string[]; onDone: () => void }) {
  const words = useWords('orders')
  const drafts = rows.filter((row) => selected.includes(row.id) && isEditable(row.status) && row.status === 'draft')
  const submit = useAction(submitOrders, { onDone })
  const done = submit.data?.orders
  return (
    <>
      {drafts.length > 0 ? (
        <div className="row bulk-bar">
          <Button
            loading={submit.isPending}
            onClick={() => submit.mutate({ body: { orders: drafts.map(({ id, version }) => ({ id, version })) } })}
          >
            {words('list.submitMany', { count: drafts.length })}
          </Button>
        </div>
      ) : null}
      {submit.error ? <Note tone="danger">{problemSentence(submit.error)}</Note> : null}
      {done && drafts.length === 0 ? (
        <Note tone="success">
          {words('list.submitted', {
            approved: done.filter(({ status }) => status === 'approved').length,
            waiting: done.filter(({ status }) => status === 'submitted').length,
          })}
        </Note>
      ) : null}
    </>
  )
}

function NoOrders({ late, mayEdit }: { late: boolean; mayEdit: boolean }) {
  const words = useWords('orders')
  if (late) return <EmptyState title={words('list.noLate')} text={words('list.noLateHelp')} />
  return (
    <EmptyState
      title={words('list.empty')}
      text={words('list.emptyHelp')}
      action={
        mayEdit ? (
          <PageLink to={paths.newOrder()} look="primary">
            {words('new')}
          </PageLink>
        ) : null
      }
    />
  )
}
