import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { listAllocations } from '../../../modules/allocations/allocations.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { allocationReason } from '../../ui/allocation-reason.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ReverseAllocation } from '../../ui/reverse-allocation.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'

type Allocation = Answer<typeof listAllocations>['items'][number]
const defaults = { from: '', until: '', how: '', reversals: '' } as const
const hows = ['reference', 'oldest', 'statutory', 'proRata', 'hand', 'import'] as const

/** Every allocation and every mirror row, with its reason; undoing writes a mirror, nothing is ever changed. */
export function AllocationsPage() {
  const words = useWords('allocations')
  const { may, company } = useSession()
  const filters = useFilters(defaults)
  const { values, set } = filters
  const query = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
  const list = useList(listAllocations, { query })
  const sums = (list.query.data?.sums ?? []).map((sum) => <Amount key={sum.currency} value={sum.amount} currency={sum.currency} strong />)
  const options = (names: readonly string[], label: (name: string) => string) => [
    { value: '', label: words('all') },
    ...names.map((value) => ({ value, label: label(value) })),
  ]
  const bulk = may('allocations.allocate') ? <PageLink to={paths.bulkAllocation()}>{words('bulk.title')}</PageLink> : null
  return (
    <>
      <PageHead
        title={words('title')}
        meta={
          sums.length > 0 ? (
            <span className="row wrap">
              {words('amount')} {sums}
            </span>
          ) : undefined
        }
        actions={bulk}
      />
      <FilterRow {...(filters.active.length > 0 ? { onClear: filters.clear } : {})}>
        <FilterField label={words('entryOn')}>
          <DayInput value={values.from} onChange={(from) => set({ from })} aria-label={words('from')} />
        </FilterField>
        <FilterField label="–">
          <DayInput value={values.until} onChange={(until) => set({ until })} aria-label={words('until')} />
        </FilterField>
        <FilterField label={words('rule')}>
          <Select
            popupMatchSelectWidth={false}
            value={values.how}
            options={options(hows, (how) => words(`rules.name.${how}`))}
            onChange={(how) => set({ how })}
          />
        </FilterField>
        <FilterField label={words('kind')}>
          <Select
            popupMatchSelectWidth={false}
            value={values.reversals}
            options={options(['false', 'true'], (kind) => words(`kinds.${kind}`))}
            onChange={(reversals) => set({ reversals })}
          />
        </FilterField>
      </FilterRow>
      <Panel flush>
        <DataTable<Allocation>
          name="allocations"
          label={words('title')}
          list={list}
          rowKey={(row) => row.id}
          columns={columns(words, company.today, may('allocations.reverse'))}
          to={(row) => paths.receipt({ id: row.receiptId })}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <Amount value={row.amount} quiet={row.reversed || row.reversesId !== null} />,
            reason: allocationReason(row, words),
            mark: <DayText value={row.entryOn} short today={company.today} />,
          })}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <EmptyState title={words('emptyTitle')} text={words('emptyText')} action={bulk} />
            )
          }
        />
      </Panel>
    </>
  )
}

function columns(words: Words, today: string, mayReverse: boolean): Column<Allocation>[] {
  return [
    {
      key: 'receivable',
      title: words('to'),
      render: (row) => <Link to={paths.receivable({ id: row.receivableId })}>{row.receivableNo}</Link>,
    },
    { key: 'receipt', title: words('receipt'), render: (row) => <Link to={paths.receipt({ id: row.receiptId })}>{row.receiptNo}</Link> },
    { key: 'customer', title: words('customer'), render: (row) => <CutText text={row.customerName} /> },
    { key: 'entryOn', title: words('entryOn'), render: (row) => <DayText value={row.entryOn} short today={today} /> },
    { key: 'reason', title: words('why'), render: (row) => <span className="secondary">{allocationReason(row, words)}</span> },
    { key: 'by', title: words('by'), choice: 'hidden', render: (row) => row.createdByName ?? '–' },
    {
      key: 'amount',
      title: words('amount'),
      align: 'right',
      render: (row) => <Amount value={row.amount} quiet={row.reversed || row.reversesId !== null} currency={row.currency} />,
    },
    {
      key: 'undo',
      title: '',
      align: 'right',
      render: (row) =>
        row.reversed || row.reversesId !== null ? (
          <Status word="reversed" plain text={words(row.reversed ? 'undone' : 'mirror')} />
        ) : mayReverse ? (
          <ReverseAllocation allocation={row} />
        ) : null,
    },
  ]
}
