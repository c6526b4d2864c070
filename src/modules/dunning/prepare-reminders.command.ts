import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { ClaimedMessage, Preparation } from '../messages/prepare-messages.command.ts'
import { insertMailedItems } from './case.store.ts'
import { colleagues } from './colleagues.query.ts'
import { salespersonFor } from './colleagues.ts'
import type { TemplateKey } from './ladder.ts'
import { isRunning } from './open-cases.query.ts'
import { recipientsOfCustomers } from './recipients.query.ts'
import { reminderFacts } from './reminder.ts'
import { commonParts, compiledReminder, creditsOfCustomers, namesOfReceivables, textOf } from './reminder-parts.query.ts'

type StepRow = {
  readonly messageId: string
  readonly customerId: string
  readonly customerName: string
  readonly salespersonId: string | null
  readonly template: TemplateKey
  readonly unallocatedBase: bigint
  readonly isBlocked: boolean
  readonly isMerged: boolean
  /** A later reminder of the same case has been written and is not taken back. */
  readonly isSuperseded: boolean
  readonly minimumMinor: bigint
}
type ItemRow = {
  readonly messageId: string
  readonly receivableId: string
  readonly customerId: string
  readonly currency: string
  readonly open: bigint
  readonly openBase: bigint
  readonly dueOn: Day
  readonly version: number
  readonly isExcluded: boolean
}

/**
 * The preparer of reminders (messages/prepare-messages.command.ts): inside the transaction that claims them, with the receivables locked until its commit, every named item is looked at
 * once more. Settled, disputed, paused and voided items, and those that have gone to another customer, are left out; addresses and words are those of this moment. A reminder of which
 * nothing remains, which the customer's unallocated money covers or brings below the level's minimum, which a later one of the case has overtaken (one that was kept, or tried again for
 * hours), or for which nobody can be written to is withheld. What goes out is noted item by item.
 */
export async function prepareReminders(tx: Tx, messages: readonly ClaimedMessage[]): Promise<Map<string, Preparation>> {
  const ids = messages.map(({ id }) => id)
  const items = await lockItems(tx, ids)
  const steps = await stepsOf(tx, ids)
  const customerIds = [...new Set([...steps.values()].map(({ customerId }) => customerId))]
  const [recipients, people, common, credits, names] = await Promise.all([
    recipientsOfCustomers(tx, customerIds),
    colleagues(tx),
    commonParts(tx),
    creditsOfCustomers(tx, customerIds),
    namesOfReceivables(
      tx,
      items.map(({ receivableId }) => receivableId),
    ),
  ])
  const byMessage = Map.groupBy(items, ({ messageId }) => messageId)
  const answers = messages.map(async (message): Promise<[string, Preparation]> => {
    const step = steps.get(message.id)
    if (step === undefined) return [message.id, { withhold: 'settled' }]
    const left = (byMessage.get(message.id) ?? []).filter((item) => isStillOwed(item, step))
    const to = recipients.get(step.customerId)
    const withhold = reasonToWithhold(step, left, byMessage.get(message.id) ?? [], to?.to ?? [])
    if (withhold !== undefined) return [message.id, { withhold }]
    insertMailedItems(
      tx,
      left.map(({ receivableId, open, version }) => ({ messageId: message.id, receivableId, open, receivableVersion: version })),
    )
    const salesperson = salespersonFor(people, step.salespersonId)
    const compiled = await compiledReminder(message.language, textOf(common, step.template, message.language))
    const facts = reminderFacts(
      {
        company: common.company,
        accounts: common.accounts,
        customer: step.customerName,
        contact: to!.contact,
        salesperson: salesperson?.name ?? '',
        salespersonPhone: salesperson?.phone ?? '',
        credits: credits.get(step.customerId) ?? [],
        items: left.map((item) => ({ ...item, ...names.get(item.receivableId)! })),
      },
      tx.today,
    )
    return [message.id, { send: { ...compiled.fill(facts), to: to!.to } }]
  })
  return new Map(await Promise.all(answers))
}

function isStillOwed(item: ItemRow, step: StepRow): boolean {
  return item.open > 0n && !item.isExcluded && item.customerId === step.customerId
}

/** A code of `messages.reasons`; undefined when it may go out. */
function reasonToWithhold(step: StepRow, left: readonly ItemRow[], named: readonly ItemRow[], to: readonly string[]): string | undefined {
  if (step.isMerged) return 'customerMerged'
  if (step.isBlocked) return 'paused'
  if (step.isSuperseded) return 'superseded'
  if (left.length === 0) return named.some((item) => item.open > 0n && item.isExcluded) ? 'itemsExcluded' : 'settled'
  const netBase = left.reduce((sum, { openBase }) => sum + openBase, 0n) - step.unallocatedBase
  if (netBase <= 0n) return 'covered'
  if (netBase < step.minimumMinor) return 'belowMinimum'
  return to.length === 0 ? 'noAddress' : undefined
}

/** What the messages named, as it is now; locked in the order of ids, so that a payment, a dispute or a merge comes before this look or after the commit. */
async function lockItems(tx: Tx, messageIds: readonly string[]): Promise<ItemRow[]> {
  const t = tx.caller.tenantId
  await tx.report(sql`select 1 from ar.receivables r where r.tenant_id = ${t} and r.id in (
      select i.receivable_id from ar.dunning_steps s join ar.dunning_step_items i on i.tenant_id = ${t} and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn
      where s.tenant_id = ${t} and s.message_id = any(${messageIds}::uuid[])) order by r.id for share of r`)
  return tx.report(sql`select s.message_id, r.id as receivable_id, r.customer_id, r.currency, r.open, r.open_base, r.due_on, r.version,
      r.disputed or r.voided_on is not null or (k.days > 0 and r.due_on >= ${tx.today}::date)
        or exists (select from ar.dunning_blocks b where b.tenant_id = ${t} and b.receivable_id = r.id and ${isRunning(tx.today)}) as is_excluded
    from ar.dunning_steps s
    join ar.dunning_step_items i on i.tenant_id = ${t} and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn
    join ar.receivables r on r.tenant_id = ${t} and r.id = i.receivable_id
    join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
    cross join lateral (select coalesce((v.content #>> array['levels', (s.level - 1)::text, 'days'])::int, 1) as days) k
    where s.tenant_id = ${t} and s.message_id = any(${messageIds}::uuid[]) order by s.message_id, r.due_on, r.id`)
}

async function stepsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, StepRow>> {
  const t = tx.caller.tenantId
  const rows = await tx.report<StepRow>(sql`select s.message_id, c.id as customer_id, c.name as customer_name, c.salesperson_id, s.template,
      (select coalesce(sum(p.amount_base - p.allocated_base), 0)::bigint from ar.receipts p where p.tenant_id = ${t} and p.customer_id = c.id and p.status = 'confirmed' and p.allocated < p.amount) as unallocated_base,
      exists (select from ar.dunning_blocks b where b.tenant_id = ${t} and b.customer_id = c.id and b.receivable_id is null and ${isRunning(tx.today)}) as is_blocked, c.status = 'merged' as is_merged,
      exists (select from ar.dunning_steps l join ar.messages m on m.tenant_id = ${t} and m.id = l.message_id and m.status not in ('withheld', 'failed')
        where l.tenant_id = ${t} and l.case_id = s.case_id and l.on_day > s.on_day) as is_superseded,
      coalesce(v.content #>> array['levels', (s.level - 1)::text, 'minimumMinor'], '0')::bigint as minimum_minor
    from ar.dunning_steps s join ar.customers c on c.tenant_id = ${t} and c.id = s.customer_id
    join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
    where s.tenant_id = ${t} and s.message_id = any(${messageIds}::uuid[])`)
  return new Map(rows.map((row) => [row.messageId, row]))
}
