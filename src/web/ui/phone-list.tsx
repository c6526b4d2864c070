import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** Name and amount above, reason and ticks below; `lead` stands before (a score, a day). */
export type PhoneRow = { lead?: ReactNode; title: ReactNode; amount?: ReactNode; reason?: ReactNode; mark?: ReactNode }

/** A list on a phone: no table, rows of at least 56 px, the whole row is the link. */
export function PhoneList<Row>({
  rows,
  rowKey,
  phoneRow,
  to,
}: {
  rows: readonly Row[]
  rowKey: (row: Row) => string
  phoneRow: (row: Row) => PhoneRow
  to?: (row: Row) => string
}) {
  return (
    <ul className="phone-list">
      {rows.map((row) => {
        const content = <PhoneRowContent row={phoneRow(row)} />
        return <li key={rowKey(row)}>{to ? <Link to={to(row)}>{content}</Link> : <div className="phone-row-still">{content}</div>}</li>
      })}
    </ul>
  )
}

function PhoneRowContent({ row }: { row: PhoneRow }) {
  return (
    <>
      {row.lead === undefined ? null : <span className="phone-lead">{row.lead}</span>}
      <span className="grow">
        <span className="row between">
          <b className="cut">{row.title}</b>
          <b>{row.amount}</b>
        </span>
        <span className="row between small-phone">
          <span className="secondary cut">{row.reason}</span>
          <span className="nowrap">{row.mark}</span>
        </span>
      </span>
    </>
  )
}
