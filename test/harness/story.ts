import type { TestApp, TestCompany } from './app.ts'
import { idsByTable } from './ids.ts'
import { foundStandards, setUpFiles, setUpMasterData } from './story-customers.ts'
import { chaseDebts } from './story-dunning.ts'
import { takeInMoney } from './story-money.ts'
import { takeOrders } from './story-orders.ts'
import { openReceivables } from './story-receivables.ts'
import { type Told, teller } from './story-teller.ts'

/** A company in which everything has happened once. */
export type Story = {
  readonly company: TestCompany
  /** One id of each kind of entity: what another company must never reach. */
  readonly ids: readonly string[]
} & Told

/**
 * A company lived in through HTTP by its own people, at the clock of the app (2026-11-21 unless set): customers with contacts and notes, limits, orders in every
 * status, receivables, receipts, allocations and what undoes each. `canary` stands in names, telephone numbers, e-mail addresses and texts.
 */
export async function storyCompany(app: TestApp, canary: string): Promise<Story> {
  const company = await app.company(canary)
  const { tell, told } = teller(app, company, canary)
  await foundStandards(tell, told)
  await setUpMasterData(tell, told)
  await takeOrders(tell, told)
  await openReceivables(tell, told)
  await takeInMoney(tell, told)
  await setUpFiles(tell, told)
  await chaseDebts(tell)
  await app.drain()
  return { company, ids: Object.values(await idsByTable(app, company.tenantId)), ...told }
}
