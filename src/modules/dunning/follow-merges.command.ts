import type { Day } from '../../kernel/day.ts'
import { laterDay } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { CustomersMerged, CustomersUnmerged } from '../customers/customer-events.ts'
import { giveBlocks } from './block.store.ts'
import { closeCases, giveCase } from './case.store.ts'
import { assignCustomers } from './ladder.store.ts'

type CaseRow = {
  readonly id: string
  readonly customerId: string
  readonly version: number
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day | null
}

/**
 * Handler of customers.merged: the case goes along. Where both have one, that of the customer that stays takes over how far the other had come, so that nobody is sent the same level
 * twice, and the other is closed. Pauses go along too; the merged customer's own ladder does not.
 */
export async function moveCasesToMergedCustomer(tx: Tx, { fromId, intoId, moved }: CustomersMerged): Promise<void> {
  const t = tx.caller.tenantId
  const cases = await tx.all<CaseRow>(sql`select k.id, k.customer_id, k.version, k.level, k.turn, k.last_step_on from ar.dunning_cases k
    where k.tenant_id = ${t} and k.customer_id = any(${[fromId, intoId]}::uuid[]) and k.closed_on is null order by k.id for no key update`)
  const own = cases.find(({ customerId }) => customerId === fromId)
  const stays = cases.find(({ customerId }) => customerId === intoId)
  if (own !== undefined && stays !== undefined) {
    closeCases(tx, [own], 'merged')
    const lastStepOn = own.lastStepOn === null ? stays.lastStepOn : laterDay(own.lastStepOn, stays.lastStepOn ?? own.lastStepOn)
    const further = own.level > stays.level || (own.level === stays.level && own.turn > stays.turn) ? own : stays
    giveCase(tx, { ...stays, level: further.level, turn: further.turn, lastStepOn })
  } else if (own !== undefined) giveCase(tx, { ...own, customerId: intoId })
  const blocks = await tx.all<{ id: string; version: number }>(sql`select b.id, b.version from ar.dunning_blocks b
    where b.tenant_id = ${t} and b.customer_id = ${fromId} and b.lifted_at is null order by b.id for no key update`)
  giveBlocks(
    tx,
    blocks.map((block) => ({ ...block, customerId: intoId })),
  )
  const assigned = await tx.all<{ ladderId: string }>(
    sql`select a.ladder_id from ar.dunning_ladder_customers a where a.tenant_id = ${t} and a.customer_id = ${fromId}`,
  )
  for (const { ladderId } of assigned) assignCustomers(tx, ladderId, { add: [], remove: [fromId] })
  moved.dunningCases = own === undefined || stays !== undefined ? [] : [own.id]
  moved.dunningBlocks = blocks.map(({ id }) => id)
}

/** Handler of customers.unmerged: what went along as a whole goes back while it still runs. A case that was joined to another one stays with it. */
export async function moveCasesBack(tx: Tx, { fromId, intoId, moved }: CustomersUnmerged): Promise<void> {
  const t = tx.caller.tenantId
  const cases = await tx.all<CaseRow>(sql`select k.id, k.customer_id, k.version, k.level, k.turn, k.last_step_on from ar.dunning_cases k
    where k.tenant_id = ${t} and k.customer_id = ${intoId} and k.id = any(${moved.dunningCases ?? []}::uuid[]) and k.closed_on is null order by k.id for no key update`)
  for (const one of cases) giveCase(tx, { ...one, customerId: fromId })
  const blocks = await tx.all<{ id: string; version: number }>(sql`select b.id, b.version from ar.dunning_blocks b
    where b.tenant_id = ${t} and b.customer_id = ${intoId} and b.id = any(${moved.dunningBlocks ?? []}::uuid[]) and b.lifted_at is null order by b.id for no key update`)
  giveBlocks(
    tx,
    blocks.map((block) => ({ ...block, customerId: fromId })),
  )
}
