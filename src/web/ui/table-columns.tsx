import type { TableColumnType } from 'antd'
import type { Column } from './column.ts'

/** Our columns as antd's. The first stays in place while the rest scrolls; identifiers and amounts never wrap. `sort` is 'dueOn' or '-dueOn'. */
export function tableColumns<Row extends object>(columns: readonly Column<Row>[], sort: string | undefined): TableColumnType<Row>[] {
  return columns.map((column, index) => ({
    key: column.key,
    title: column.swatch ? (
      <span className="nowrap">
        {column.swatch}
        {column.title}
      </span>
    ) : (
      column.title
    ),
    render: (_: unknown, row: Row) => column.render(row),
    ...(column.align ? { align: column.align } : {}),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(index === 0 ? { fixed: 'start' as const } : {}),
    ...(column.sort ? { sorter: true, sortOrder: sortOrder(column.key, sort) } : {}),
  }))
}

function sortOrder(key: string, sort: string | undefined): 'ascend' | 'descend' | null {
  return sort === key ? 'ascend' : sort === `-${key}` ? 'descend' : null
}
