import type { ReactNode } from 'react'

/** A column of a `DataTable`. */
export type Column<Row> = {
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** A swatch before the title. */
  swatch?: ReactNode
  align?: 'right'
  width?: number
  /** The head sorts; the server gets the key, with a minus for descending. */
  sort?: true
  /** Total of the whole filter, not of the page. */
  sum?: ReactNode
  /** May be switched off by the person; 'hidden' is off until switched on. */
  choice?: 'shown' | 'hidden'
}
