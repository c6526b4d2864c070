import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type LedgerRow, ledgerRow } from './ledger.query.ts'

export type ReceivableDetail = {
  readonly row: LedgerRow
  readonly more: {
    readonly entityName: string
    readonly remark: string
    readonly originalAmount: string | null
    readonly createdByName: string | null
    readonly createdAt: Date
  }
  readonly lines: readonly {
    readonly lineNo: number
    readonly productId: string | null
    readonly productName: string | null
    readonly net: bigint
    readonly tax: bigint
    readonly amount: bigint
    readonly openBase: bigint
  }[]
  readonly entries: readonly {
    readonly id: string
    readonly kind: string
    readonly entryOn: Day
    readonly amount: bigint
    readonly amountBase: bigint
    readonly dueOn: Day
    readonly voucherId: string | null
    readonly voucherNo: string | null
  }[]
  readonly allocations: readonly {
    readonly id: string
    readonly receiptId: string
    readonly receiptNo: string | null
    readonly amount: bigint
    readonly entryOn: Day
    readonly how: string
    readonly explanation: unknown
    readonly reversesId: string | null
    readonly reversed: boolean
  }[]
  readonly adjustments: readonly {
    readonly id: string
    readonly receiptId: string | null
    readonly kind: 'discount' | 'shortPayment'
    readonly reasonCode: string
    readonly amount: bigint
    readonly entryOn: Day
    readonly reversesId: string | null
  }[]
  readonly events: readonly {
    readonly at: Date
    readonly action: string
    readonly byName: string | null
    readonly body: {
      readonly before?: object | null
      readonly after?: object | null
      readonly detail?: { readonly reason?: string } | null
    }
  }[]
}

/** Everything the page of one receivable shows, in one flight. Throws platform.notFound. */
export async function receivableDetail(reader: Reader, id: string): Promise<ReceivableDetail> {
  const t = reader.caller.tenantId
  const no = (alias: string): Sql => sql`${sql.ref(`${alias}.series`)} || '-' || ar.no_text(${sql.ref(`${alias}.no`)})`
  const [row, more, lines, entries, allocations, adjustments, events] = await Promise.all([
    ledgerRow(reader, id),
    reader.maybe<
      ReceivableDetail['more']
    >(sql`select e.name as entity_name, r.remark, r.terms ->> 'originalAmount' as original_amount, p.name as created_by_name, r.created_at
      from ar.receivables r join ar.entities e on e.tenant_id = ${t} and e.id = r.entity_id left join ar.people p on p.tenant_id = ${t} and p.id = r.created_by where r.tenant_id = ${t} and r.id = ${id}`),
    reader.all<
      ReceivableDetail['lines'][number]
    >(sql`select l.line_no, l.product_id, p.name as product_name, l.net, l.tax, l.amount, l.open_base
      from ar.receivable_lines l left join ar.products p on p.tenant_id = ${t} and p.id = l.product_id where l.tenant_id = ${t} and l.receivable_id = ${id} order by l.line_no`),
    reader.all<
      ReceivableDetail['entries'][number]
    >(sql`select e.id, e.kind, e.entry_on, e.amount, e.amount_base, e.due_on, e.voucher_id, ${no('n')} as voucher_no
      from ar.receivable_entries e left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = e.voucher_id
      where e.tenant_id = ${t} and e.receivable_id = ${id} order by e.recorded_at, e.id`),
    reader.all<
      ReceivableDetail['allocations'][number]
    >(sql`select a.id, a.receipt_id, ${no('n')} as receipt_no, a.amount, a.entry_on, a.how, a.explanation, a.reverses_id,
      exists (select 1 from ar.allocations b where b.tenant_id = ${t} and b.reverses_id = a.id) as reversed
      from ar.allocations a left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = a.receipt_id where a.tenant_id = ${t} and a.receivable_id = ${id} order by a.id`),
    reader.all<
      ReceivableDetail['adjustments'][number]
    >(sql`select d.id, d.receipt_id, d.kind, d.reason_code, d.amount, d.entry_on, d.reverses_id
      from ar.adjustments d where d.tenant_id = ${t} and d.receivable_id = ${id} order by d.id`),
    reader.all<ReceivableDetail['events'][number]>(sql`select a.at, a.action, p.name as by_name, a.body
      from ar.audit_log a left join ar.people p on p.tenant_id = ${t} and p.id = a.actor_id where a.tenant_id = ${t} and a.entity_id = ${id} order by a.id limit 200`),
  ])
  if (row === undefined || more === undefined) throw missing('receivable')
  return { row, more, lines, entries, allocations, adjustments, events }
}
