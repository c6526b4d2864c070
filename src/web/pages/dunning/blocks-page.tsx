import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { listBlocks } from '../../../modules/dunning/dunning.api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText, instantWords } from '../../ui/day-text.tsx'
import { type Block, LiftButton } from '../../ui/dunning-blocks.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterRow } from '../../ui/filter-row.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'

/** 暂停催收: where nobody is reminded, why, by whom, and until when. */
export function BlocksPage() {
  const words = useWords('dunning')
  const { company } = useSession()
  const { values, set } = useFilters({ running: 'true' })
  const list = useList(listBlocks, { query: { running: values.running } })
  return (
    <>
      <PageHead title={words('blocks.title')} meta={words('blocks.meta')} />
      <FilterRow>
        <Segmented
          value={values.running}
          onChange={(running) => set({ running })}
          aria-label={words('blocks.title')}
          options={[
            { value: 'true', label: words('blocks.running') },
            { value: 'false', label: words('blocks.over') },
          ]}
        />
      </FilterRow>
      <Panel flush>
        <DataTable<Block>
          name="dunningBlocks"
          label={words('blocks.title')}
          list={list}
          rowKey={(row) => row.id}
          columns={blockColumns(words, company.timeZone)}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <LiftButton block={row} />,
            reason: row.reason,
            mark: row.untilOn === null ? words('blocks.untilLifted') : <DayText value={row.untilOn} />,
          })}
          empty={
            <EmptyState title={words(values.running === 'true' ? 'blocks.empty' : 'blocks.noneOver')} text={words('blocks.emptyText')} />
          }
        />
      </Panel>
    </>
  )
}

/** Columns of a list of pauses. */
export function blockColumns(words: Words, timeZone: string): Column<Block>[] {
  return [
    {
      key: 'customer',
      title: words('cases.customer'),
      render: (row) => (
        <Link to={paths.customer({ id: row.customerId })}>
          <CutText text={row.customerName} />
        </Link>
      ),
    },
    {
      key: 'what',
      title: words('blocks.what'),
      render: (row) =>
        row.receivableId === null ? words('blocks.whole') : <Link to={paths.receivable({ id: row.receivableId })}>{row.receivableNo}</Link>,
    },
    {
      key: 'until',
      title: words('blocks.until'),
      render: (row) => (row.untilOn === null ? words('blocks.untilLifted') : <DayText value={row.untilOn} />),
    },
    { key: 'reason', title: words('blocks.reason'), render: (row) => <CutText text={row.reason} /> },
    {
      key: 'by',
      title: words('blocks.placedBy'),
      render: (row) => <span className="nowrap">{`${row.placedBy} · ${instantWords(row.placedAt, timeZone)}`}</span>,
    },
    {
      key: 'lift',
      title: words('blocks.end'),
      align: 'right',
      render: (row) =>
        row.liftedAt === null ? (
          <LiftButton block={row} />
        ) : (
          <span className="secondary" title={row.liftReason ?? ''}>{`${row.liftedBy} · ${instantWords(row.liftedAt, timeZone)}`}</span>
        ),
    },
  ]
}
