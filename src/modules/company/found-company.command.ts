import { addMonths, type Day, periodOf } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { insertEntity, insertPeriods, insertTenant, markReady } from './company.store.ts'
import type { CompaniesFounded } from './company-events.ts'

export type NewCompany = {
  readonly name: string
  readonly baseCurrency: string
  readonly timeZone: string
  readonly language: string
  readonly administratorId: string
  /** Made up, for looking around: marked everywhere, silent, and the only kind that can be removed. */
  readonly isDemo?: boolean
}

/** Months that stand open from the beginning; the module vouchers opens others when they are first needed. */
const MONTHS_BACK = 36
const MONTHS_AHEAD = 24

/**
 * Founds the company of the caller's tenant: the company, its first legal entity (MAIN), its months, and through `companies.founded` what every module
 * starts with. The administrator's row is added by the caller (module people). Returns the entity's id.
 */
export async function foundCompany(tx: Tx, given: NewCompany): Promise<{ entityId: string }> {
  const entityId = uuid()
  const { name, baseCurrency, timeZone, language, administratorId, isDemo = false } = given
  insertTenant(tx, { name, baseCurrency, timeZone, language, isDemo, ready: !isDemo })
  insertEntity(tx, { id: entityId, code: 'MAIN', name, taxId: null })
  insertPeriods(tx, months(tx.today))
  tx.audit({ action: 'companies.founded', entity: 'company', after: { name, baseCurrency, timeZone, language } })
  await emit<CompaniesFounded>(tx, {
    type: 'companies.founded',
    companies: [{ tenantId: tx.caller.tenantId, entityId, baseCurrency, language, administratorId }],
  })
  return { entityId }
}

/** A demo company has come to its today: from now on clocks and workers look after it like after any other. */
export async function openDemo(tx: Tx): Promise<void> {
  markReady(tx)
  tx.audit({ action: 'companies.demoOpened', entity: 'company' })
}

/** 202311 … 202811 for November 2026. */
function months(today: Day): number[] {
  return Array.from({ length: MONTHS_BACK + 1 + MONTHS_AHEAD }, (_, index) => periodOf(addMonths(today, index - MONTHS_BACK)))
}
