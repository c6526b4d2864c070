import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import type { CompaniesFounded } from './company-events.ts'
import { insertEntity, insertPeriods, insertTenant } from './company.store.ts'

export type NewCompany = { readonly name: string; readonly baseCurrency: string; readonly timeZone: string; readonly language: string; readonly administratorId: string }

const FIRST_YEAR = 2000
const LAST_YEAR = 2035

/**
 * Founds the company of the caller's tenant: the company, its first legal entity (MAIN), its months, and through `companies.founded` what every module
 * starts with. The administrator's row is added by the caller (module people). Returns the entity's id.
 */
export async function foundCompany(tx: Tx, given: NewCompany): Promise<{ entityId: string }> {
  const entityId = uuid()
  const { name, baseCurrency, timeZone, language, administratorId } = given
  insertTenant(tx, { name, baseCurrency, timeZone, language })
  insertEntity(tx, { id: entityId, code: 'MAIN', name, taxId: null })
  insertPeriods(tx, months())
  tx.audit({ action: 'companies.founded', entity: 'company', after: { name, baseCurrency, timeZone, language } })
  await emit<CompaniesFounded>(tx, { type: 'companies.founded', companies: [{ tenantId: tx.caller.tenantId, entityId, baseCurrency, language, administratorId }] })
  return { entityId }
}

/** Every month that a booking may fall into: 202611 for November 2026. */
function months(): number[] {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index)
  return years.flatMap((year) => Array.from({ length: 12 }, (_, month) => year * 100 + month + 1))
}
