import { missing } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { OptionalModule } from './optional-modules.ts'

export type Company = {
  readonly name: string
  readonly baseCurrency: string
  readonly timeZone: string
  readonly language: 'zh-CN' | 'zh-TW' | 'en'
  readonly fourEyes: boolean
  readonly sendingEnabled: boolean
  readonly modulesOff: OptionalModule[]
  readonly version: number
}
export type Entity = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly taxId: string | null
  readonly status: string
  readonly version: number
}

const columns = sql`t.name, t.base_currency, t.time_zone, t.language, t.four_eyes, t.sending_enabled, t.modules_off, t.version`

export async function company(reader: Reader): Promise<Company> {
  return reader.one<Company>(sql`select ${columns} from ar.tenants t where t.tenant_id = ${reader.caller.tenantId}`)
}

/** The company, locked: the first of all locks. */
export async function lockCompany(tx: Tx): Promise<Company> {
  return tx.one<Company>(sql`select ${columns} from ar.tenants t where t.tenant_id = ${tx.caller.tenantId} for no key update`)
}

/** Made up, for looking around (module demo). False for a company that is gone. */
export async function isDemoCompany(reader: Reader): Promise<boolean> {
  const found = await reader.maybe<{ isDemo: boolean }>(
    sql`select t.is_demo from ar.tenants t where t.tenant_id = ${reader.caller.tenantId}`,
  )
  return found?.isDemo === true
}

/** Has anything been booked or ordered? Until then the base currency may still be changed. */
export async function hasBooks(reader: Reader): Promise<boolean> {
  const { tenantId } = reader.caller
  const { found } = await reader.one<{ found: boolean }>(
    sql`select exists (select from ar.receivables r where r.tenant_id = ${tenantId}) or exists (select from ar.receipts r where r.tenant_id = ${tenantId})
      or exists (select from ar.orders o where o.tenant_id = ${tenantId}) or exists (select from ar.vouchers v where v.tenant_id = ${tenantId}) as found`,
  )
  return found
}

/** Those who can act as a second pair of eyes: active or invited. */
export async function countColleagues(reader: Reader): Promise<number> {
  const { count } = await reader.one<{ count: bigint }>(
    sql`select count(*) from ar.people p where p.tenant_id = ${reader.caller.tenantId} and p.status <> 'disabled'`,
  )
  return Number(count)
}

export async function entities(reader: Reader): Promise<Entity[]> {
  return reader.all<Entity>(
    sql`select e.id, e.code, e.name, e.tax_id, e.status, e.version from ar.entities e where e.tenant_id = ${reader.caller.tenantId} order by e.code limit 500`,
  )
}

export async function lockEntity(tx: Tx, id: string): Promise<Entity> {
  const found = await tx.maybe<Entity>(
    sql`select e.id, e.code, e.name, e.tax_id, e.status, e.version from ar.entities e where e.tenant_id = ${tx.caller.tenantId} and e.id = ${id} for no key update`,
  )
  if (!found) throw missing('entity')
  return found
}
