import { sql } from '../../../platform/sql.ts'
import type { Invariant } from './invariant.query.ts'

/** What is written once and never touched again. */
const BOOKS = [
  'vouchers',
  'voucher_lines',
  'receivable_entries',
  'allocations',
  'adjustments',
  'audit_log',
  'audit_nodes',
  'audit_seals',
  'audit_roots',
  'document_numbers',
  'posting_rules',
  'message_attempts',
]

/** About the database itself, the same for every company. */
export const accessInvariants: readonly Invariant[] = [
  {
    id: 'I-24',
    says: 'The program cannot change or delete what is in the books',
    violations:
      () => sql`select c.relname, r.role, p.privilege from pg_catalog.pg_class c cross join (values ('app_rw'), ('app_scoped')) r(role) cross join (values ('UPDATE'), ('DELETE'), ('TRUNCATE')) p(privilege)
      where c.relnamespace = 'ar'::regnamespace and c.relname = any(${BOOKS}::text[])
        and (has_table_privilege(r.role, c.oid, p.privilege) or (p.privilege = 'UPDATE' and has_any_column_privilege(r.role, c.oid, 'UPDATE')))
      union all select 'receivables', r.role, a.attname from (values ('app_rw'), ('app_scoped')) r(role) cross join (values ('amount'), ('amount_base'), ('currency'), ('issued_on'), ('created_by')) a(attname)
        where has_column_privilege(r.role, 'ar.receivables', a.attname, 'UPDATE')
      union all select c.relname, r.role, 'DELETE' from pg_catalog.pg_class c cross join (values ('app_rw'), ('app_scoped')) r(role)
        where c.relnamespace = 'ar'::regnamespace and c.relname in ('receivables', 'receivable_lines', 'receipts', 'orders', 'customers') and has_table_privilege(r.role, c.oid, 'DELETE')`,
  },
  {
    id: 'I-47',
    says: 'Every table with companies’ data keeps companies apart by itself',
    violations:
      () => sql`select c.relname from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace = 'ar'::regnamespace and c.relkind = 'r'
        and not (c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_catalog.pg_policy p where p.polrelid = c.oid and p.polname = 'tenant' and p.polpermissive))`,
  },
  {
    id: 'I-48',
    says: 'Every link between two tables stays within one company',
    violations: () => sql`select k.conname from pg_catalog.pg_constraint k where k.connamespace = 'ar'::regnamespace and k.contype = 'f'
      and not exists (select 1 from unnest(k.conkey) u(attnum) join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum where a.attname = 'tenant_id')`,
  },
]
