import type { Route } from '../../src/platform/contract.ts'
import type { TestApp } from './app.ts'

/** Their ids are made of their content, and no address leads to them. */
const NEVER_ADDRESSED = ['message_frames']

/** One id of every table of a company that is addressed by an id: what another company must never reach. */
export async function idsByTable(app: TestApp, tenantId: number): Promise<Record<string, string>> {
  const { rows: tables } = await app.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
     where n.nspname = 'ar' and c.relkind = 'r' and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') and c.relname <> all($1) order by 1`,
    [NEVER_ADDRESSED],
  )
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await app.database.pool.query<{ id: string }>(
      `select t.id from ar.${name} t where t.tenant_id = $1 order by t.id limit 1`,
      [tenantId],
    )
    if (rows[0]) found[name] = rows[0].id
  }
  return found
}

/** Which table a field's id is of, by the field's name. */
const FIELDS: Readonly<Record<string, string>> = {
  customerId: 'customers', parentId: 'customers', groupId: 'customers', fromId: 'customers', intoId: 'customers', aId: 'customers', bId: 'customers', customer: 'customers', group: 'customers',
  contactId: 'customer_contacts', termsId: 'payment_terms', termsRowId: 'customer_terms', regionId: 'regions', region: 'regions', productId: 'products', product: 'products',
  salespersonId: 'people', salesperson: 'people', personId: 'people', delegateId: 'people', teamId: 'teams', team: 'teams', entity: 'entities', orderId: 'orders',
  receivableId: 'receivables', receivableIds: 'receivables', receiptId: 'receipts', receiptIds: 'receipts', exceptId: 'receipts', allocationIds: 'allocations', batchId: 'allocation_batches',
  methodId: 'payment_methods', paymentMethodId: 'payment_methods', bankAccountId: 'bank_accounts', fileId: 'files', runId: 'runs', sourceId: 'receipts',
  customers: 'customers', orders: 'orders', receipts: 'receipts', receivables: 'receivables', decisions: 'approval_requests', ids: 'notifications',
} // biome-ignore format: a table
/** Which table `/:id` is of, by the words of the path before it. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/customers\/merges/, 'customer_merges'], [/^\/api\/customers/, 'customers'], [/^\/api\/credit/, 'customers'], [/^\/api\/orders/, 'orders'], [/^\/api\/receivables/, 'receivables'],
  [/^\/api\/receipts/, 'receipts'], [/^\/api\/approvals/, 'approval_requests'], [/^\/api\/approval-rules/, 'approval_rules'], [/^\/api\/approval-delegations/, 'approval_delegations'],
  [/^\/api\/terms/, 'payment_terms'], [/^\/api\/products/, 'products'], [/^\/api\/regions/, 'regions'], [/^\/api\/entities/, 'entities'], [/^\/api\/people/, 'people'], [/^\/api\/teams/, 'teams'],
  [/^\/api\/api-keys/, 'api_keys'], [/^\/api\/payment-methods/, 'payment_methods'], [/^\/api\/bank-accounts/, 'bank_accounts'], [/^\/api\/tasks/, 'tasks'], [/^\/api\/saved-views/, 'saved_views'],
  [/^\/api\/files/, 'files'], [/^\/api\/runs/, 'runs'], [/^\/api\/vouchers/, 'vouchers'], [/^\/api\/audit/, 'audit_log'], [/^\/api\/imports?/, 'runs'],
] // biome-ignore format: a table

/** The table that an id of a request is of; undefined where the name does not tell. `where` = [] or ['id'] means the path's own. */
export function tableOf(route: Route, where: readonly string[]): string | undefined {
  const names = where.filter((part) => !/^\d+$/.test(part))
  const last = names.at(-1) ?? 'id'
  if (last === 'entityId') return /approvals|files/.test(route.path) ? 'customers' : 'entities'
  if (last !== 'id') return FIELDS[last]
  const list = names.at(-2)
  return list ? FIELDS[list] : PATHS.find(([path]) => path.test(route.path))?.[1]
}
