import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type EntryDays, entryDays } from './entry-days.query.ts'

/** A receivable under lock. Amounts in minor units of its currency; `…Base` in the base currency. `no` is its number, '' before it has one. */
export type LockedReceivable = {
  readonly id: string
  readonly no: string
  readonly kind: 'order' | 'manual' | 'opening'
  readonly entityId: string
  readonly customerId: string
  readonly orderId: string | null
  readonly partNo: number | null
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly open: bigint
  readonly openBase: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly contractDueOn: Day
  readonly settledOn: Day | null
  readonly voidedOn: Day | null
  readonly disputed: boolean
  readonly reference: string | null
  readonly sourceNo: string | null
  /** The terms as they were at opening (early-payment discount), as stored. */
  readonly terms: unknown
  readonly version: number
  readonly lines: readonly LockedReceivableLine[]
  readonly days: EntryDays
}
type LockedReceivableLine = {
  readonly receivableId: string
  readonly lineNo: number
  readonly productId: string | null
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
  readonly amountBase: bigint
  readonly openBase: bigint
}

/**
 * The receivables with their lines and the days of their entries, locked in the order of their ids until the end of the transaction. Keyed by id. Lock the credit accounts and the
 * receipts first. Reads what the database holds: a transaction that opened them itself flushes before. Throws platform.notFound unless every id is found.
 */
export async function lockReceivables(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedReceivable>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const tenantId = tx.caller.tenantId
  const [rows, lines, days] = await Promise.all([
    tx.all<
      Omit<LockedReceivable, 'lines' | 'days'>
    >(sql`select r.id, coalesce(n.series || '-' || ar.no_text(n.no), '') as no, r.kind, r.entity_id, r.customer_id, r.order_id, r.part_no,
      r.salesperson_id, r.region_id, r.currency, r.amount, r.amount_base, r.open, r.open_base, r.issued_on, r.due_on, r.contract_due_on, r.settled_on, r.voided_on,
      r.disputed, r.reference, r.source_no, r.terms, r.version
      from ar.receivables r left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id
      where r.tenant_id = ${tenantId} and r.id = any(${wanted}::uuid[]) order by r.id for no key update of r`),
    tx.all<LockedReceivableLine>(sql`select l.receivable_id, l.line_no, l.product_id, l.net, l.tax, l.amount, l.amount_base, l.open_base
      from ar.receivable_lines l where l.tenant_id = ${tenantId} and l.receivable_id = any(${wanted}::uuid[]) order by l.receivable_id, l.line_no`),
    entryDays(tx, wanted),
  ])
  if (rows.length < wanted.length) throw missing('receivable')
  const byReceivable = Map.groupBy(lines, (line) => line.receivableId)
  return new Map(
    rows.map((row) => {
      const own = days.get(row.id)
      assert(own !== undefined, 'a receivable has its opening entry')
      return [row.id, { ...row, lines: byReceivable.get(row.id) ?? [], days: own }]
    }),
  )
}
