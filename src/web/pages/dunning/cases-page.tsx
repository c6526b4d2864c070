import { Segmented, Select } from 'antd'
import { listCases } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { levelSentence } from './run-words.ts'

export type CaseRow = Answer<typeof listCases>['items'][number]

/** 催收任务: one running case a customer, the newest first: what was done last, what comes next and when. */
export function CasesPage() {
  const words = useWords('dunning')
  const filters = useFilters({ status: 'open', search: '', highRisk: '' })
  const { values, set, clear, active } = filters
  const query = { status: values.status, search: values.search, highRisk: values.highRisk }
  const list = useList(listCases, { query })
  const currency = list.query.data?.currency ?? ''
  const extra = active.filter((name) => name !== 'status').length
  return (
    <>
      <PageHead title={words('cases.title')} meta={words('cases.meta')} />
      <FilterRow>
        <Segmented
          value={values.status}
          onChange={(status) => set({ status })}
          aria-label={words('cases.statusLabel')}
          options={[
            { value: 'open', label: words('cases.open') },
            { value: 'closed', label: words('cases.closed') },
          ]}
        />
        <FilterField label={words('cases.risk')}>
          <Select
            className="filter-select"
            value={values.highRisk}
            onChange={(highRisk) => set({ highRisk })}
            options={[
              { value: '', label: words('shared:all') },
              { value: 'true', label: words('cases.highRisk') },
            ]}
          />
        </FilterField>
        <FilterSearch value={values.search} onChange={(search) => set({ search })} placeholder={words('cases.search')} />
      </FilterRow>
      <Panel flush>
        <DataTable<CaseRow>
          name="dunningCases"
          label={words('cases.title')}
          list={list}
          rowKey={(row) => row.id}
          to={(row) => paths.dunningCase({ id: row.id })}
          columns={columnsOf(words, currency)}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <Amount value={row.overdue} />,
            reason: levelSentence(row, words),
            mark: row.overdueDays > 0 ? <Overdue days={row.overdueDays} short /> : <CaseState row={row} />,
          })}
          empty={
            extra > 0 ? (
              <NoResult filters={extra} onClear={clear} />
            ) : (
              <EmptyState
                title={words(values.status === 'open' ? 'cases.empty' : 'cases.noneClosed')}
                text={words('cases.emptyText')}
                action={<PageLink to={paths.dunningRuns()}>{words('runs.title')}</PageLink>}
              />
            )
          }
        />
      </Panel>
    </>
  )
}

function columnsOf(words: Words, currency: string): Column<CaseRow>[] {
  const name = (text: string | null) => (text === null ? <span className="muted">–</span> : text)
  return [
    { key: 'customer', title: words('cases.customer'), render: (row) => <b className="link-like"><CutText text={row.customerName} /></b> }, // biome-ignore format: one column
    { key: 'level', title: words('cases.level'), render: (row) => levelSentence(row, words) },
    { key: 'last', title: words('cases.lastStep'), render: (row) => <DayText value={row.lastStepOn} /> },
    {
      key: 'next',
      title: words('cases.next'),
      render: (row) =>
        row.next === null ? (
          <span className="muted">–</span>
        ) : (
          <span className="nowrap">
            <DayText value={row.next.onDay} /> {row.next.name}
          </span>
        ),
    },
    {
      key: 'overdueDays',
      title: words('cases.oldest'),
      render: (row) => (row.oldestDueOn === null ? <span className="muted">–</span> : <Overdue days={row.overdueDays} />),
    },
    { key: 'collector', title: words('cases.collector'), choice: 'shown', render: (row) => name(row.collectorName) },
    { key: 'salesperson', title: words('cases.salesperson'), choice: 'hidden', render: (row) => name(row.salespersonName) },
    { key: 'state', title: words('cases.state'), render: (row) => <CaseState row={row} /> },
    {
      key: 'overdue',
      title: `${words('cases.overdue')}${currency === '' ? '' : words('shared:join.brackets', { text: currency })}`,
      align: 'right',
      render: (row) => <Amount value={row.overdueDays === 0 ? null : row.overdue} strong />,
    },
  ]
}

/** Only what the days do not say: high risk, paused, over. */
export function CaseState({
  row,
  chip = false,
}: {
  row: Pick<CaseRow, 'highRisk' | 'blocked' | 'waits' | 'closedOn' | 'closedHow'>
  chip?: boolean
}) {
  const words = useWords('dunning')
  if (row.closedOn !== null) return <Status word="finished" plain={!chip} text={words(`closedHow.${row.closedHow ?? 'settled'}`)} />
  return (
    <span className="row">
      {row.highRisk ? <Status word="highRisk" plain={!chip} /> : null}
      {row.blocked ? <Status word="dunningBlocked" plain={!chip} /> : null}
      {row.waits ? <Status word="disputed" plain={!chip} text={words('case.waits')} /> : null}
    </span>
  )
}
