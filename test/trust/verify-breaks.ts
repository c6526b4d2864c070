/**
 * One deliberate break of the books for each invariant, as the owner of the tables; `:t` is the company. Constraints that forbid the break are dropped first:
 * the proof must not lean on them. Every run is rolled back.
 */
export const drop = (table: string, like: string): string => `do $$ declare c record; begin
  for c in select k.conname from pg_constraint k where k.conrelid = 'ar.${table}'::regclass and ${like} loop execute format('alter table ar.${table} drop constraint %I cascade', c.conname); end loop; end $$`
export const unchecked = (table: string): string => drop(table, `k.contype = 'c'`)
export const unlinked = (table: string): string => drop(table, `k.contype = 'f'`)
const one = (table: string, condition = 'true', alias = 'x'): string =>
  `(select ${alias}.id from ar.${table} ${alias} where ${alias}.tenant_id = :t and ${condition} order by ${alias}.id limit 1)`
const OPEN = 'x.open > 0 and x.open = x.amount'
const LATE_ENTRY = `insert into ar.receivable_entries select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'kind', 'allocated', 'amount', -1, 'amount_base', -1))).* from ar.receivable_entries e where e.tenant_id = :t and e.kind = 'opened' order by e.id limit 1`

export const breaks: Readonly<Record<string, readonly string[]>> = {
  'I-01': [
    unchecked('receivable_lines'),
    `update ar.receivable_lines l set net = l.net + 1, amount = l.amount + 1 where l.tenant_id = :t and l.receivable_id = ${one('receivables')} and l.line_no = 1`,
  ],
  'I-03': [`update ar.receivable_entries e set amount = -e.amount where e.tenant_id = :t and e.kind = 'opened'`],
  'I-05': [
    unchecked('receivables'),
    `update ar.receivables r set open = r.open - 1 where r.tenant_id = :t and r.id = ${one('receivables', OPEN)}`,
  ],
  'I-09': [
    unchecked('receivables'),
    `update ar.receivables r set settled_on = date '2026-11-21' where r.tenant_id = :t and r.id = ${one('receivables', OPEN)}`,
  ],
  'I-16': [LATE_ENTRY],
  'I-18': [
    `update ar.receivable_entries e set due_on = e.due_on + 1 where e.tenant_id = :t and e.receivable_id = ${one('receivables', OPEN)}`,
  ],
  'I-18-product': [
    `update ar.receivable_lines l set open_base = l.open_base - 1 where l.tenant_id = :t and l.receivable_id = ${one('receivables', OPEN)} and l.line_no = 1`,
  ],
  'I-19': [`update ar.receivable_entries e set entry_on = e.entry_on - 400 where e.tenant_id = :t and e.kind = 'allocated'`],
  'I-25': [
    `update ar.receivable_entries e set amount_base = e.amount_base + 1 where e.tenant_id = :t and e.id = (select min(i.id::text)::uuid from ar.receivable_entries i join ar.receivables r on r.tenant_id = i.tenant_id and r.id = i.receivable_id where i.tenant_id = :t and r.open = 0)`,
  ],
  'I-30-counter': [`update ar.credit_accounts a set receivables_base = a.receivables_base + 1 where a.tenant_id = :t`],
  'I-02': [`update ar.receipts p set currency = 'ABC' where p.tenant_id = :t`],
  'I-03-money': [unchecked('allocations'), `update ar.allocations a set amount = 0 where a.tenant_id = :t`],
  'I-04': [`update ar.receipts p set allocated = p.allocated - 1 where p.tenant_id = :t and p.allocated > 1`],
  'I-06': [unchecked('receipts'), `update ar.receipts p set status = 'cancelled' where p.tenant_id = :t and p.allocated > 0`],
  'I-07': [`update ar.receipts p set currency = 'EUR' where p.tenant_id = :t and p.allocated > 0`],
  'I-08': [unlinked('allocations'), `update ar.allocations a set receipt_id = gen_random_uuid() where a.tenant_id = :t`],
  'I-12': [`update ar.allocations a set amount = a.amount - 1 where a.tenant_id = :t and a.reverses_id is not null`],
  'I-35': [
    'drop index ar.receipts_channel_tx',
    `update ar.receipts p set channel = 'bank', channel_tx = 'T1' where p.tenant_id = :t and p.status = 'confirmed'`,
  ],
  M5: [
    `update ar.receipts p set amount_base = p.amount_base + 1 where p.tenant_id = :t and p.id = ${one('receipts', `x.status = 'confirmed' and x.customer_id is not null`)}`,
  ],
  'M5-unidentified': [
    `update ar.receipts p set amount_base = p.amount_base + 1 where p.tenant_id = :t and p.id = ${one('receipts', `x.status = 'confirmed' and x.customer_id is null`)}`,
  ],
  'I-29': [
    unchecked('receivables'),
    `update ar.receivables r set due_on = r.issued_on - 1 where r.tenant_id = :t and r.id = ${one('receivables')}`,
  ],
  'I-01-orders': [
    unchecked('orders'),
    `update ar.orders o set net = o.net + 1, amount = o.amount + 1 where o.tenant_id = :t and o.id = ${one('orders')}`,
  ],
  'I-30': [`update ar.orders o set override_id = null, credit_result = 'hold' where o.tenant_id = :t and o.status = 'approved'`],
  'I-31': [unchecked('orders'), `update ar.orders o set open_base = o.amount_base + 1 where o.tenant_id = :t and o.status = 'approved'`],
  'I-32': [
    unchecked('receipts'),
    `update ar.receipts p set confirmed_how = 'person', confirmed_by = p.created_by where p.tenant_id = :t and p.status = 'confirmed'`,
  ],
  'I-33': [`update ar.orders o set content_hash = '\\x00' where o.tenant_id = :t and o.status = 'approved'`],
  'I-31-counters': [
    `update ar.credit_accounts a set orders_base = a.orders_base + 1 where a.tenant_id = :t and a.customer_id = ${one('customers')}`,
  ],
  merges: [
    unchecked('customers'),
    `update ar.customers c set status = 'merged', merged_into_id = null where c.tenant_id = :t and c.id in (select r.customer_id from ar.receivables r where r.tenant_id = :t and r.open > 0)`,
  ],
  'I-13': [`update ar.voucher_lines l set debit_base = l.debit_base + 1 where l.tenant_id = :t and l.debit_base > 0`],
  'I-14': [unchecked('voucher_lines'), `update ar.voucher_lines l set debit = -1 where l.tenant_id = :t and l.line_no = 1`],
  'I-15': [`update ar.voucher_lines l set credit_base = l.credit_base + 1 where l.tenant_id = :t and l.credit_base > 0`],
  'I-17': [`update ar.voucher_lines l set account = '1123' where l.tenant_id = :t and l.account = '1122'`],
  'I-20': [
    unlinked('voucher_lines'),
    unlinked('receivable_entries'),
    `delete from ar.vouchers v where v.tenant_id = :t and v.source_kind = 'receipt'`,
  ],
  'I-21': [
    unlinked('receivable_entries'),
    `update ar.receivable_entries e set voucher_id = gen_random_uuid() where e.tenant_id = :t and e.kind = 'opened'`,
  ],
  'I-22': [
    `update ar.voucher_lines l set debit = l.debit + 1, debit_base = l.debit_base + 1 where l.tenant_id = :t and l.debit > 0 and l.voucher_id in (select v.id from ar.vouchers v where v.tenant_id = :t and v.reverses_id is not null)`,
  ],
  'I-23': [`delete from ar.document_numbers n where n.tenant_id = :t and n.no = 1 and n.series like 'V-%'`],
  'I-26': [unchecked('vouchers'), unlinked('vouchers'), `update ar.vouchers v set voucher_on = v.voucher_on + 400 where v.tenant_id = :t`],
  'I-27': [`update ar.periods p set status = 'closed', closed_at = timestamptz '2000-01-01' where p.tenant_id = :t`],
  'I-34': [
    drop('idempotency_keys', `k.contype = 'p'`),
    `insert into ar.idempotency_keys select k.* from ar.idempotency_keys k where k.tenant_id = :t`,
  ],
  'I-16-orphans': [
    unlinked('voucher_lines'),
    `update ar.voucher_lines l set voucher_id = gen_random_uuid() where l.tenant_id = :t and l.line_no = 1`,
  ],
  'I-18-dimensions': [`update ar.receivable_lines l set open_base = 0 where l.tenant_id = :t`],
  'I-18-monthEnds': [`update ar.month_end_sums m set open_base = m.open_base + 1 where m.tenant_id = :t`],
  'I-18-kpiMonths': [`update ar.kpi_month_figures m set collected = m.collected + 1 where m.tenant_id = :t`],
  'I-43': [`update ar.audit_log l set action = l.action || 'x' where l.tenant_id = :t and l.id = ${one('audit_log')}`],
  'I-43-queue': [`delete from ar.audit_seals s where s.tenant_id = :t`],
  'I-44': [
    `delete from ar.audit_seals s where s.tenant_id = :t`,
    `delete from ar.audit_log l where l.tenant_id = :t and l.entity = 'receivable'`,
  ],
  'I-24': ['grant update on ar.vouchers to app_rw'],
  'I-47': ['alter table ar.vouchers no force row level security'],
  'I-48': [
    'create table ar.stray (tenant_id int, id uuid, parent uuid, unique (id))',
    'alter table ar.stray add constraint stray_parent foreign key (parent) references ar.stray (id)',
  ],
  'I-29-dunning': [`update ar.dunning_steps s set on_day = s.oldest_due_on where s.tenant_id = :t`],
  'I-36': [`update ar.dunning_cases k set level = 0 where k.tenant_id = :t`],
  'I-36-turns': [
    `update ar.dunning_step_items i set turn = 2 where i.tenant_id = :t`,
    `update ar.dunning_steps s set turn = 2 where s.tenant_id = :t`,
    `update ar.dunning_cases k set turn = 2 where k.tenant_id = :t`,
  ],
  'I-37': [unchecked('messages'), `update ar.messages m set status = 'sent', sender_id = null, sent_at = now() where m.tenant_id = :t`],
  'I-37-dunning': [`update ar.messages m set business_key = 'dunning twice ' || m.id where m.tenant_id = :t and m.kind = 'dunning'`],
  'I-38': [`update ar.messages m set customer_id = gen_random_uuid() where m.tenant_id = :t and m.kind = 'dunning'`],
  'I-39': [
    `insert into ar.dunning_mailed_items (tenant_id, message_id, receivable_id, checked_at, open, receivable_version)
      select r.tenant_id, gen_random_uuid(), r.id, now(), 1, r.version from ar.receivables r where r.tenant_id = :t and r.open = 0`,
  ],
}
