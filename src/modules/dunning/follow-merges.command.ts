import type { Day } from '../../kernel/day.ts'
import { laterDay } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { CustomersMerged, CustomersUnmerged } from '../customers/customer-events.ts'
import { giveBlocks } from './block.store.ts'
import { closeCases, giveCase } from './case.store.ts'
import { assignCustomers } from './ladder.store.ts'
import { isWithheldForNow } from './open-cases.query.ts'

type CaseRow = {
  readonly id: string
  readonly customerId: string
  readonly version: number
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day | null
  /** The message of the level reached has not gone out, and will not go to a merged customer. */
  readonly isUnsent: boolean
}

/**
 * Handler of customers.merged: the case goes along. Where both have one, that of the customer that stays takes over how far the other had come, so that nobody is sent the same level
 * twice, and the other is closed; a level whose message still waits is none, because it is withheld. Pauses go along too; the merged customer's own ladder does not.
 */
export async function moveCasesToMergedCustomer(tx: Tx, { fromId, intoId, moved }: CustomersMerged): Promise<void> {
  const t = tx.caller.tenantId
  const cases = await tx.all<CaseRow>(sql`select k.id, k.customer_id, k.version, k.level, k.turn, k.last_step_on,
      exists (select from ar.dunning_steps s join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id and (m.status in ('queued', 'kept') or ${isWithheldForNow()})
        where s.tenant_id = ${t} and s.case_id = k.id and s.level = k.level and s.turn = k.turn) as is_unsent
    from ar.dunning_cases k where k.tenant_id = ${t} and k.customer_id = any(${[fromId, intoId]}::uuid[]) and k.closed_on is null order by k.id for no key update of k`)
  const own = cases.find(({ customerId }) => customerId === fromId)
  const stays = cases.find(({ customerId }) => customerId === intoId)
  if (own !== undefined && stays !== undefined) {
    closeCases(tx, [{ ...own, how: 'merged' }])
    const lastStepOn = own.lastStepOn === null ? stays.lastStepOn : laterDay(own.lastStepOn, stays.lastStepOn ?? own.lastStepOn)
    const came = own.isUnsent ? before(own) : own
    const further = came.level > stays.level || (came.level === stays.level && came.turn > stays.turn) ? came : stays
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

/** The level, or the turn of it, before the one reached. */
function before({ level, turn }: CaseRow): Pick<CaseRow, 'level' | 'turn'> {
  return turn > 1 ? { level, turn: turn - 1 } : { level: level - 1, turn: 1 }
}

/** Handler of customers.unmerged: what went along as a whole goes back while it still runs. A case that was joined to another one stays with it. */
export async function moveCasesBack(tx: Tx, { fromId, intoId, moved }: CustomersUnmerged): Promise<void> {
  const t = tx.caller.tenantId
  const cases =
    await tx.all<CaseRow>(sql`select k.id, k.customer_id, k.version, k.level, k.turn, k.last_step_on, false as is_unsent from ar.dunning_cases k
    where k.tenant_id = ${t} and k.customer_id = ${intoId} and k.id = any(${moved.dunningCases ?? []}::uuid[]) and k.closed_on is null order by k.id for no key update`)
  for (const one of cases) giveCase(tx, { ...one, customerId: fromId })
  const blocks = await tx.all<{ id: string; version: number }>(sql`select b.id, b.version from ar.dunning_blocks b
    where b.tenant_id = ${t} and b.customer_id = ${intoId} and b.id = any(${moved.dunningBlocks ?? []}::uuid[]) and b.lifted_at is null order by b.id for no key update`)
  giveBlocks(
    tx,
    blocks.map((block) => ({ ...block, customerId: fromId })),
  )
}
