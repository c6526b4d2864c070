import { useNavigate } from '@tanstack/react-router'
import { Table } from 'antd'
import { type ComponentProps, type Key, type MouseEvent, type ReactNode, useState } from 'react'
import type { List, PageOf } from '../lists.ts'
import { usePhone } from '../preferences.ts'
import { useWords } from '../words.ts'
import type { Column } from './column.ts'
import { ColumnChoice, useColumnChoice } from './column-choice.tsx'
import { LoadingRows } from './delayed.tsx'
import { ErrorState } from './error-state.tsx'
import { Pager } from './pager.tsx'
import { PhoneList, type PhoneRow } from './phone-list.tsx'
import { tableColumns } from './table-columns.tsx'
import { useRowKeys } from './use-row-keys.ts'

export type DataTableProps<Row> = {
  /** Remembers the columns under this name; also what a screen reader calls the table. */
  name: string
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** A list of the server (`useList`), or rows that are here already. */
  list?: List<PageOf<Row>>
  rows?: readonly Row[]
  /** Where a click on the row or Enter leads. */
  to?: (row: Row) => string
  phoneRow?: (row: Row) => PhoneRow
  sort?: string
  onSort?: (sort: string) => void
  sumTitle?: ReactNode
  /** Instead of the table when there are no rows: EmptyState or NoResult. */
  empty: ReactNode
  selected?: readonly string[]
  onSelect?: (keys: readonly string[]) => void
  rowNote?: (row: Row) => 'strong' | 'marked' | undefined
  expanded?: (row: Row) => ReactNode
  footer?: ReactNode
}

/** Every table of the product: server paging, sorting, sums, remembered columns, keys J K Enter; rows of two lines on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { list, columns, empty, phoneRow } = props
  const phone = usePhone()
  const choice = useColumnChoice(props.name, columns)
  const rows = props.rows ?? list?.query.data?.items
  if (!rows) {
    if (list?.query.error) return <ErrorState problem={list.query.error} onRetry={() => void list.query.refetch()} />
    return <LoadingRows rows={8} />
  }
  if (rows.length === 0 && list?.first !== undefined && list.first <= 1) return empty
  if (rows.length === 0 && !list) return empty
  return (
    <div className={list?.query.isPlaceholderData ? 'stale' : ''} aria-busy={list?.query.isFetching ?? false}>
      {list?.query.error ? <ErrorState problem={list.query.error} onRetry={() => void list.query.refetch()} /> : null}
      {phone && phoneRow ? (
        <PhoneList rows={rows} rowKey={props.rowKey} phoneRow={phoneRow} {...(props.to ? { to: props.to } : {})} />
      ) : (
        <WideTable {...props} columns={choice.columns} rows={rows} />
      )}
      {list || props.footer ? (
        <div className="table-foot">
          {props.footer}
          <span className="grow" />
          {phone ? null : <ColumnChoice choice={choice} />}
          {list ? <Pager list={list} count={rows.length} /> : null}
        </div>
      ) : null}
    </div>
  )
}

function WideTable<Row extends object>(props: DataTableProps<Row> & { rows: readonly Row[] }) {
  const { rows, rowKey, to, columns, selected, onSelect, expanded, rowNote } = props
  const navigate = useNavigate()
  const words = useWords('shared')
  const [at, setAt] = useState<string>()
  useRowKeys({ rows, rowKey, at, setAt, ...(to ? { to } : {}) })
  const open = (row: Row, event: MouseEvent<HTMLElement>) => {
    if (!to || isOwnTarget(event)) return
    if (event.metaKey || event.ctrlKey) window.open(to(row))
    else void navigate({ to: to(row) })
  }
  return (
    <Table<Row>
      aria-label={props.label}
      components={parts}
      size="small"
      pagination={false}
      showSorterTooltip={false}
      dataSource={rows as Row[]}
      rowKey={rowKey}
      scroll={{ x: 'max-content' }}
      columns={tableColumns(columns, props.sort)}
      rowClassName={(row) => `${rowNote?.(row) ?? ''} ${rowKey(row) === at ? 'focused' : ''} ${to ? 'opens' : ''}`}
      onRow={(row) => ({ onClick: (event) => open(row, event) })}
      onChange={(_, __, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter
        props.onSort?.(one?.order && one.columnKey ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : '')
      }}
      {...(onSelect
        ? {
            rowSelection: {
              selectedRowKeys: [...(selected ?? [])],
              onChange: (keys: Key[]) => onSelect(keys.map(String)),
              getTitleCheckboxProps: () => ({ 'aria-label': words('selectAllRows') }),
              getCheckboxProps: (row: Row) => ({ 'aria-label': words('selectThisRow', { row: rows.indexOf(row) + 1 }) }),
            },
          }
        : {})}
      {...(expanded ? { expandable: { expandedRowRender: expanded } } : {})}
      {...(columns.some((column) => column.sum !== undefined) ? { summary: () => <Sums {...props} /> } : {})}
    />
  )
}

function Sums<Row>({ columns, sumTitle, onSelect, expanded }: DataTableProps<Row>) {
  const before = (onSelect ? 1 : 0) + (expanded ? 1 : 0)
  return (
    <Table.Summary.Row>
      {Array.from({ length: before }, (_, index) => (
        <Table.Summary.Cell key={`before-${index}`} index={index} />
      ))}
      {columns.map((column, index) => (
        <Table.Summary.Cell key={column.key} index={before + index} {...(column.align ? { align: column.align } : {})}>
          {index === 0 ? (sumTitle ?? column.sum) : column.sum}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
}

/** Links, buttons and fields inside a row act for themselves; marking text is not a click. */
function isOwnTarget(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement
  return target.closest('a, button, input, label, .ant-select') !== null || (window.getSelection()?.toString() ?? '') !== ''
}

const parts = { table: ScrolledTable }

/** On a phone a table is wider than the screen: it takes the focus, so that arrow keys scroll it where nothing in it can. */
function ScrolledTable(props: ComponentProps<'table'>) {
  const phone = usePhone()
  return <table {...props} {...(phone ? { tabIndex: 0 } : {})} />
}
