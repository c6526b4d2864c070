import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { VoucherRow } from './voucher-row.ts'

/** The rows of the vouchers in `from` (a subquery of ar.vouchers), with what their words and links need. Meant for a page: a few probes of indexes per row. */
export function voucherRows(reader: Reader, from: Sql): Sql<VoucherRow> {
  const t = reader.caller.tenantId
  const no = (alias: string): Sql => sql`${sql.ref(`${alias}.series`)} || '-' || ar.no_text(${sql.ref(`${alias}.no`)})`
  const number = (alias: string, id: Sql): Sql =>
    sql`left join ar.document_numbers ${sql.ref(alias)} on ${sql.ref(`${alias}.tenant_id`)} = ${t} and ${sql.ref(`${alias}.document_id`)} = ${id}`
  return sql<VoucherRow>`select v.id, coalesce(${no('n')}, '') as no, v.voucher_on, v.period, v.source_kind, v.source_id, coalesce(${no('s')}, ${no('p')}) as source_no,
      b.receipt_id, coalesce(b.receivables, 0) as receivables, ${no('q')} as receivable_no, r.kind as receivable_kind, coalesce(e.opening, false) as is_opening_receipt, ${no('o')} as order_no,
      case when w.id is null then null else jsonb_build_object('id', w.id, 'no', coalesce(${no('m')}, '')) end as reverses, u.reversed_by,
      u.reversed_by <> '[]' and not coalesce(b.standing, false) as reversed, v.summary as note, v.total_base,
      (select c.name from ar.voucher_lines l join ar.customers c on c.tenant_id = ${t} and c.id = l.customer_id
        where l.tenant_id = ${t} and l.voucher_id = v.id and l.customer_id is not null order by l.line_no limit 1) as customer_name, x.name as maker_name, y.name as checker_name
    from ${from} v ${number('n', sql`v.id`)} ${number('s', sql`v.source_id`)}
      left join ar.receivables r on v.source_kind = 'receivable' and r.tenant_id = ${t} and r.id = v.source_id ${number('o', sql`r.order_id`)}
      left join ar.receipts e on v.source_kind = 'receipt' and e.tenant_id = ${t} and e.id = v.source_id
      left join lateral (${batchOf(t)}) b on v.source_kind = 'allocationBatch' ${number('p', sql`b.receipt_id`)} ${number('q', sql`b.receivable_id`)}
      left join ar.vouchers w on w.tenant_id = ${t} and w.id = coalesce(v.reverses_id, b.undoes) ${number('m', sql`w.id`)}
      left join ar.orders d on d.tenant_id = ${t} and d.id = r.order_id
      cross join lateral (${makerOf(t)}) k left join ar.people x on x.tenant_id = ${t} and x.id = k.maker
      left join ar.people y on y.tenant_id = ${t} and y.id = k.checker and y.id is distinct from k.maker
      cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'no', ${no('g')}) order by f.id), '[]') as reversed_by from (${undoing(t)}) f ${number('g', sql`f.id`)}) u`
}

/** The allocations of a voucher's batch: `standing` where some are not undone, `undoes` the voucher of the batch that it takes back. */
function batchOf(t: number): Sql {
  return sql`select (array_agg(a.receipt_id order by a.id))[1] as receipt_id, (array_agg(a.receivable_id order by a.id))[1] as receivable_id, count(distinct a.receivable_id)::int as receivables, (array_agg(a.created_by order by a.id))[1] as created_by,
      bool_or(a.reverses_id is null and not exists (select 1 from ar.allocations y where y.tenant_id = ${t} and y.reverses_id = a.id)) as standing,
      (select z.id from ar.allocations y join ar.vouchers z on z.tenant_id = ${t} and z.source_id = y.batch_id and z.source_kind = 'allocationBatch' and z.reverses_id is null
        where y.tenant_id = ${t} and y.id = (array_agg(a.reverses_id order by a.id))[1]) as undoes
    from ar.allocations a where a.tenant_id = ${t} and a.batch_id = v.source_id`
}

/**
 * Who made the document of a voucher and who was the second person. What is opened by the approval itself is made by whom the order is of; who took a receivable back or
 * said whose money it is stands in the audit trail alone.
 */
function makerOf(t: number): Sql {
  const audited = (action: string): Sql =>
    sql`(select a.actor_id from ar.audit_log a where a.tenant_id = ${t} and a.entity_id = v.source_id and a.action = ${action} order by a.id desc limit 1)`
  return sql`select case
      when v.source_kind = 'allocationBatch' then b.created_by
      when v.source_kind = 'receivable' and v.reverses_id is not null then ${audited('receivables.voided')}
      when v.source_kind = 'receivable' then case when r.created_by = d.approved_by then d.created_by else r.created_by end
      when v.reverses_id is not null then (select m.reversed_by from ar.receipts m where m.tenant_id = ${t} and m.id = v.source_id)
      when v.source_kind = 'receipt' then e.created_by
      else ${audited('receipts.identified')} end as maker,
    case when v.reverses_id is not null then null when v.source_kind = 'receivable' then d.approved_by when v.source_kind = 'receipt' then e.confirmed_by end as checker`
}

/** The mirrors of a voucher, and the vouchers of what undid its allocations. */
function undoing(t: number): Sql {
  return sql`select y.id from ar.vouchers y where y.tenant_id = ${t} and y.reverses_id = v.id
    union select y.id from ar.allocations a join ar.allocations z on z.tenant_id = ${t} and z.reverses_id = a.id
      join ar.vouchers y on y.tenant_id = ${t} and y.source_id = z.batch_id and y.source_kind = 'allocationBatch' and y.reverses_id is null
      where v.source_kind = 'allocationBatch' and a.tenant_id = ${t} and a.batch_id = v.source_id`
}
