import { parseMinor } from '../../kernel/money.ts'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import { readCustomers } from '../customers/lock-customers.query.ts'
import { assignCustomers, insertLadder, setDraft, setHead } from './ladder.store.ts'
import { contentOf, type LadderContent, ladderIssues } from './ladder.ts'
import type { LevelShown } from './ladders.api.ts'
import { ladderVersions, lockLadder, type StoredLadder, versionsOn } from './ladders.query.ts'

/** What a person writes: amounts as text. */
export type ContentWanted = { readonly leastDaysBetween: number; readonly levels: readonly LevelShown[] }

/** Reads what was written; throws dunning.ladderWrong with every faulty field. */
export function readContent({ leastDaysBetween, levels }: ContentWanted, currency: string): LadderContent {
  const issues: Issue[] = []
  const read = levels.map(({ minimum, ...level }, index) => {
    const minor = parseMinor(minimum, currency)
    if (minor === undefined) issues.push({ path: `levels.${index}.minimum`, code: 'platform.notAnAmount' })
    return { ...level, position: index + 1, minimumMinor: minor ?? 0n }
  })
  const content = { leastDaysBetween, levels: read }
  issues.push(...ladderIssues(content))
  if (issues.length > 0) throw new Problem('dunning.ladderWrong', {}, { issues })
  return content
}

/** A further ladder, whose draft is a copy of what is live in another. Throws platform.notFound, dunning.nameTaken. */
export async function createLadder(tx: Tx, wanted: { readonly name: string; readonly copyOf: string }): Promise<string> {
  await refuseTakenName(tx, wanted.name)
  const source = await lockLadder(tx, wanted.copyOf)
  const { live } = versionsOn(await ladderVersions(tx, [source.id]), tx.today)
  const draft = live?.content ?? (source.draft === null ? undefined : contentOf(source.draft))
  if (draft === undefined) throw missing('dunningLadder')
  const id = uuid()
  insertLadder(tx, { id, name: wanted.name, isStandard: false, draft })
  tx.audit({
    action: 'dunning.ladderCreated',
    entity: 'dunningLadder',
    entityId: id,
    after: { name: wanted.name },
    detail: { copyOf: source.id },
  })
  return id
}

export type HeadWanted = {
  readonly version: number
  readonly name?: string | undefined
  readonly status?: 'active' | 'disabled' | undefined
  readonly classes?: readonly string[] | undefined
  readonly customerIds?: readonly string[] | undefined
}

/** Name, status, classes and single customers of a ladder. Throws dunning.standardStays, dunning.classTaken, dunning.nameTaken, platform.staleVersion. */
export async function updateLadder(tx: Tx, id: string, { version, customerIds, ...wanted }: HeadWanted): Promise<void> {
  const ladder = await lockLadder(tx, id)
  refuseStale(ladder, version)
  const { name = ladder.name, status = ladder.status, classes = ladder.classes } = wanted
  if (ladder.isStandard && (status === 'disabled' || classes.length > 0 || (customerIds ?? []).length > 0))
    throw new Problem('dunning.standardStays')
  if (name !== ladder.name) await refuseTakenName(tx, name)
  await refuseTakenClasses(tx, id, classes)
  const assigned = customerIds === undefined ? { before: [], after: [] } : await assignments(tx, id, customerIds)
  const head = { name, status, classes: [...new Set(classes)] }
  const changed = changes(
    { name: ladder.name, status: ladder.status, classes: [...ladder.classes], customerIds: assigned.before },
    { ...head, customerIds: assigned.after },
  )
  if (changed === undefined) return
  setHead(tx, { id, version, ...head })
  const [was, is] = [new Set(assigned.before), new Set(assigned.after)]
  assignCustomers(tx, id, { add: assigned.after.filter((one) => !was.has(one)), remove: assigned.before.filter((one) => !is.has(one)) })
  tx.audit({ action: 'dunning.ladderEdited', entity: 'dunningLadder', entityId: id, ...changed })
}

/** Saves the draft; a publication that waits for the second person no longer stands. Throws dunning.ladderWrong, platform.staleVersion. */
export async function saveDraft(tx: Tx, id: string, version: number, wanted: ContentWanted): Promise<void> {
  const content = readContent(wanted, tx.caller.baseCurrency)
  const ladder = await lockLadder(tx, id)
  refuseStale(ladder, version)
  if (ladder.draftStatus === 'waiting') await withdrawApprovals(tx, 'dunningLadder', [id], 'void')
  setDraft(tx, ladder, { content, status: 'editing', validFrom: null, requestId: null })
  tx.audit({
    action: 'dunning.draftSaved',
    entity: 'dunningLadder',
    entityId: id,
    before: { draft: ladder.draft },
    after: { draft: content },
  })
}

/** Throws the draft away. Throws dunning.noDraft, dunning.neverPublished (a ladder without any version is switched off instead), platform.staleVersion. */
export async function dropDraft(tx: Tx, id: string, version: number): Promise<void> {
  const ladder = await lockLadder(tx, id)
  refuseStale(ladder, version)
  if (ladder.draft === null) throw new Problem('dunning.noDraft', {}, { kind: 'conflict' })
  if ((await ladderVersions(tx, [id])).length === 0) throw new Problem('dunning.neverPublished')
  if (ladder.draftStatus === 'waiting') await withdrawApprovals(tx, 'dunningLadder', [id], 'withdrawn')
  setDraft(tx, ladder, null)
  tx.audit({ action: 'dunning.draftDropped', entity: 'dunningLadder', entityId: id, before: { draft: ladder.draft } })
}

export function refuseStale(ladder: StoredLadder, version: number): void {
  if (ladder.version !== version) throw new Problem('platform.staleVersion', { version: ladder.version }, { kind: 'conflict' })
}

async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  const taken = await tx.maybe(
    sql`select 1 as one from ar.dunning_ladders l where l.tenant_id = ${tx.caller.tenantId} and lower(l.name) = lower(${name})`,
  )
  if (taken !== undefined) throw new Problem('dunning.nameTaken', { name }, { kind: 'conflict', path: 'name' })
}

async function refuseTakenClasses(tx: Tx, id: string, classes: readonly string[]): Promise<void> {
  if (classes.length === 0) return
  const taken = await tx.maybe<{
    name: string
    class: string
  }>(sql`select l.name, x.class from ar.dunning_ladders l cross join unnest(l.classes) x(class)
    where l.tenant_id = ${tx.caller.tenantId} and l.id <> ${id} and l.status = 'active' and x.class = any(${classes}::text[]) limit 1`)
  if (taken !== undefined) throw new Problem('dunning.classTaken', { class: taken.class, ladder: taken.name }, { path: 'classes' })
}

/**
 * Who was and who will be with a ladder, in order of id. A customer has one ladder: who is with another one must leave it first (dunning.customersElsewhere). The rows are added and
 * removed, never changed, so they cannot be locked for a change: two at once meet at their key.
 */
async function assignments(tx: Tx, ladderId: string, wanted: readonly string[]): Promise<{ before: string[]; after: string[] }> {
  const unique = [...new Set(wanted)].sort()
  if (unique.length > 0) await readCustomers(tx, unique)
  const known = await tx.all<{
    customerId: string
    ladderId: string
  }>(sql`select a.customer_id, a.ladder_id from ar.dunning_ladder_customers a
    where a.tenant_id = ${tx.caller.tenantId} and (a.ladder_id = ${ladderId} or a.customer_id = any(${unique}::uuid[]))
    order by a.customer_id`)
  const elsewhere = known.filter((row) => row.ladderId !== ladderId)
  if (elsewhere.length > 0) throw new Problem('dunning.customersElsewhere', { count: elsewhere.length }, { path: 'customerIds' })
  return { before: known.map((row) => row.customerId), after: unique }
}
