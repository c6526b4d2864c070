import { Problem } from '../../kernel/problem.ts'
import { changes as changesOf } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import type { Row } from '../../platform/write-set.ts'
import { changeCustomer, reassignCustomers } from './customer.store.ts'
import type { CustomerEvent } from './customer-events.ts'
import { lockCustomers, requireVersion, type StoredCustomer } from './lock-customers.query.ts'
import { masked } from './mask.ts'
import { nameKeys } from './name-keys.ts'
import { checkTaxId } from './tax-id.ts'
import { validateCustomers } from './validate-customers.query.ts'

/** The fields to change; a field that is absent stays, null empties it. */
export type CustomerChanges = {
  readonly [Field in keyof Omit<
    StoredCustomer,
    'id' | 'version' | 'salespersonId' | 'termsId' | 'mergedIntoId' | 'verifiedOn' | 'createdAt'
  >]?: StoredCustomer[Field] | undefined
}
/** Written to the audit log in the short form: they may have to be erased one day. */
const PERSONAL = ['phone', 'email', 'invoicePhone', 'bankAccount', 'address', 'invoiceAddress'] as const

/** Changes customers. Throws 404, 409 (version, a similar customer unless accepted) or the fields that are wrong. A change without an effect writes nothing. */
export async function updateCustomers(
  tx: Tx,
  wanted: readonly { id: string; version: number; changes: CustomerChanges }[],
  options: { acceptSimilar?: boolean } = {},
): Promise<void> {
  const customers = await lockCustomers(
    tx,
    wanted.map((w) => w.id),
  )
  const moves: { customerId: string; parentId: string | null }[] = []
  for (const { id, version, changes } of wanted) {
    const stored = customers.get(id)!
    requireVersion(stored, version)
    if (stored.status === 'merged') throw new Problem('customers.isMerged', { name: stored.name })
    const next = withKeys(stored, changes)
    const changed = changesOf(stored, next)
    if (!changed) continue
    await refuseWrong(tx, stored, next, changed.after, options.acceptSimilar ?? false)
    changeCustomer(tx, { id, version, ...pick(next, Object.keys(changed.after)) }, Object.keys(changed.after))
    tx.audit({ action: 'customers.changed', entity: 'customer', entityId: id, before: shown(changed.before), after: shown(changed.after) })
    if ('parentId' in changed.after) moves.push({ customerId: id, parentId: (changed.after['parentId'] as string | null) ?? null })
  }
  if (moves.length > 0) await emit<CustomerEvent>(tx, { type: 'customers.moved', moves })
}

/** Says that the data were looked at and are right as of today. */
export async function verifyCustomers(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<void> {
  const customers = await lockCustomers(
    tx,
    wanted.map((w) => w.id),
  )
  for (const { id, version } of wanted) {
    const stored = customers.get(id)!
    requireVersion(stored, version)
    changeCustomer(tx, { id, version, verifiedOn: tx.today }, ['verifiedOn'])
    tx.audit({
      action: 'customers.verified',
      entity: 'customer',
      entityId: id,
      before: { verifiedOn: stored.verifiedOn },
      after: { verifiedOn: tx.today },
    })
  }
}

/** 客户交接: gives customers to another salesperson (null: to nobody), on the record of each. `moveReceivables` takes their open receivables along. */
export async function handOverCustomers(
  tx: Tx,
  wanted: readonly { id: string; version: number }[],
  to: { salespersonId: string | null; moveReceivables: boolean; reason: string },
): Promise<void> {
  const customers = await lockCustomers(
    tx,
    wanted.map((w) => w.id),
  )
  const [wrong] =
    to.salespersonId === null
      ? []
      : (await validateCustomers(tx, [{ name: '-', salespersonId: to.salespersonId }])).filter(
          (finding) => finding.path === 'salespersonId',
        )
  if (wrong) throw new Problem(wrong.code, {}, { path: 'salespersonId' })
  const moved = wanted.filter(({ id }) => customers.get(id)!.salespersonId !== to.salespersonId)
  for (const { id, version } of moved) requireVersion(customers.get(id)!, version)
  reassignCustomers(
    tx,
    moved.map(({ id, version }) => ({ id, version, salespersonId: to.salespersonId })),
  )
  for (const { id } of moved)
    tx.audit({
      action: 'customers.handedOver',
      entity: 'customer',
      entityId: id,
      before: { salespersonId: customers.get(id)!.salespersonId },
      after: { salespersonId: to.salespersonId, reason: to.reason },
    })
  if (moved.length > 0)
    await emit<CustomerEvent>(tx, {
      type: 'customers.reassigned',
      customers: moved.map(({ id }) => ({ id, from: customers.get(id)!.salespersonId, to: to.salespersonId })),
      moveReceivables: to.moveReceivables,
      reason: to.reason,
    })
}

function withKeys(stored: StoredCustomer, changes: CustomerChanges): Row {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const next: Row = { ...stored, ...given }
  const taxId = next['taxId'] ? checkTaxId(String(next['taxId']), next['country'] as string | null).taxId : next['taxId']
  const keys = changes.name === undefined || changes.name === stored.name ? {} : nameKeys(changes.name)
  return { ...next, taxId, ...keys }
}

/** The rules of creation, for the fields that change only: an old customer with an old tax id can still get a new telephone number. */
async function refuseWrong(tx: Tx, stored: StoredCustomer, next: Row, after: Row, acceptSimilar: boolean): Promise<void> {
  const taxChanges = 'taxId' in after || 'country' in after
  const asked = {
    name: String(next['name']), ...('code' in after ? { code: String(after['code']) } : {}), ...('parentId' in after ? { parentId: after['parentId'] as string | null } : {}),
    ...('regionId' in after ? { regionId: after['regionId'] as string | null } : {}), ...(taxChanges ? { taxId: next['taxId'] as string | null, country: next['country'] as string | null } : {}),
    ...(tx.caller.scope.kind === 'all' ? {} : { salespersonId: stored.salespersonId }),
  } // biome-ignore format: one line a group of fields
  const findings = (await validateCustomers(tx, [asked])).filter(
    ({ severity, path, params }) => severity === 'refused' || (!acceptSimilar && path in after && params?.['code'] !== stored.code),
  )
  const [first] = findings
  if (first)
    throw new Problem(first.code, first.params ?? {}, {
      kind: first.severity === 'similar' ? 'conflict' : 'refused',
      issues: findings.map(({ path, code, params }) => ({ path, code, ...(params ? { params } : {}) })),
    })
}

function shown(fields: Row): Row {
  const known = Object.entries(fields).filter(([name]) => name !== 'exactKey' && name !== 'looseKey')
  return Object.fromEntries(
    known.map(([name, value]) => [
      name,
      (PERSONAL as readonly string[]).includes(name) && typeof value === 'string' ? masked(value) : value,
    ]),
  )
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name]]))
}
