import { Problem } from '../../kernel/problem.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import { type Company, countColleagues, hasBooks, isDemoCompany, lockCompany } from './company.query.ts'
import { updateTenant } from './company.store.ts'
import { lacking, type OptionalModule } from './optional-modules.ts'

export type CompanyEdit = {
  readonly name: string
  readonly baseCurrency: string
  readonly timeZone: string
  readonly language: Company['language']
  readonly version: number
}

/** Name, language, zone; the base currency only while nothing is booked (company.currencyFixed). */
export async function editCompany(tx: Tx, { version, ...edit }: CompanyEdit): Promise<void> {
  const before = await current(tx, version)
  if (edit.baseCurrency !== before.baseCurrency && (await hasBooks(tx)))
    throw new Problem('company.currencyFixed', { currency: before.baseCurrency }, { path: 'baseCurrency' })
  save(tx, before, edit, 'company.edited')
}

/** Sending on or off (测试模式 ends or begins). True when that changed anything. The e-mail settings decide whether it may. */
export async function setSending(tx: Tx, sendingEnabled: boolean, version: number): Promise<boolean> {
  const before = await current(tx, version)
  if (sendingEnabled && (await isDemoCompany(tx))) throw new Problem('company.demoStaysSilent')
  save(tx, before, { sendingEnabled }, sendingEnabled ? 'company.sendingOn' : 'company.sendingOff')
  return before.sendingEnabled !== sendingEnabled
}

export async function chooseModules(tx: Tx, modulesOff: readonly OptionalModule[], version: number): Promise<void> {
  const before = await current(tx, version)
  const wrong = lacking(modulesOff)
  if (wrong) throw new Problem('company.moduleNeeded', { module: wrong.module, needs: wrong.needs }, { path: 'modulesOff' })
  save(tx, before, { modulesOff: [...new Set(modulesOff)].sort() }, 'company.modulesChosen')
}

/**
 * Four-eyes off: only where nobody else could be the second pair, and only by typing the company's name. On: always. A second person who is invited
 * switches it on again (switchFourEyesOn).
 */
export async function setFourEyes(
  tx: Tx,
  { fourEyes, confirmation, version }: { fourEyes: boolean; confirmation: string; version: number },
): Promise<void> {
  const before = await current(tx, version)
  if (!fourEyes && (await countColleagues(tx)) > 1) throw new Problem('company.fourEyesNeeded', {}, { path: 'fourEyes' })
  if (!fourEyes && confirmation !== before.name) throw new Problem('company.nameNotTyped', { name: before.name }, { path: 'confirmation' })
  save(tx, before, { fourEyes }, fourEyes ? 'company.fourEyesOn' : 'company.fourEyesOff')
}

/** Called with the company locked when a second person comes. True when it was off. */
export async function switchFourEyesOn(tx: Tx): Promise<boolean> {
  const before = await lockCompany(tx)
  if (before.fourEyes) return false
  save(tx, before, { fourEyes: true }, 'company.fourEyesOn')
  return true
}

async function current(tx: Tx, version: number): Promise<Company> {
  const found = await lockCompany(tx)
  if (found.version !== version) throw new Problem('platform.staleVersion', { version: found.version }, { kind: 'conflict' })
  return found
}

function save(tx: Tx, before: Company, edit: Row, action: string): void {
  const changed = changes(before as unknown as Row, edit)
  if (!changed) return
  updateTenant(tx, edit, before.version)
  tx.audit({ action, entity: 'company', ...changed })
}
