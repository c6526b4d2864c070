import type { Language } from '../../kernel/language.ts'
import type { Tx } from '../../platform/db.ts'
import type { CompiledMessage } from '../messages/compile-message.query.ts'
import type { NewMessage } from '../messages/message.ts'
import { queueMessages } from '../messages/queue-messages.command.ts'
import { type Colleagues, salespersonFor } from './colleagues.ts'
import type { DecidedSteps } from './decide-steps.ts'
import type { TemplateKey } from './ladder.ts'
import type { PlannedCase } from './plan.ts'
import { type Amount, reminderFacts } from './reminder.ts'
import { type CommonParts, commonParts, compiledReminder, creditsOfCustomers, namesOfReceivables, textOf } from './reminder-parts.query.ts'

export const MESSAGE_KIND = 'dunning'

/** What reminders are made of, beside what decided about them. */
export type ReminderSources = {
  readonly common: CommonParts
  readonly names: ReadonlyMap<string, { readonly no: string; readonly reference: string | null }>
  readonly credits: ReadonlyMap<string, readonly Amount[]>
}

/** Read once for all reminders of these cases: what does not change with the customer (texts, accounts, company), numbers of what is named, money that lies unallocated. */
export async function reminderSources(
  tx: Tx,
  writing: readonly Pick<PlannedCase, 'customer' | 'named'>[],
): Promise<ReminderSources | undefined> {
  if (writing.length === 0) return undefined
  const receivableIds = writing.flatMap(({ named }) => named.map(({ receivableId }) => receivableId))
  const customerIds = writing.map(({ customer }) => customer.customerId)
  const [common, names, credits] = await Promise.all([
    commonParts(tx),
    namesOfReceivables(tx, receivableIds),
    creditsOfCustomers(tx, customerIds),
  ])
  return { common, names, credits }
}

/** One message a case. */
export async function queueReminders(
  tx: Tx,
  messages: DecidedSteps['messages'],
  sources: ReminderSources | undefined,
  people: Colleagues,
): Promise<void> {
  if (messages.length === 0 || sources === undefined) return
  const compiled = new Map<string, Promise<CompiledMessage>>()
  const compiledOnce = (key: TemplateKey, language: Language) => {
    const name = `${key} ${language}`
    const made = compiled.get(name) ?? compiledReminder(language, textOf(sources.common, key, language))
    compiled.set(name, made)
    return made
  }
  const written = messages.map(async ({ step, planned }): Promise<NewMessage> => {
    const { customer } = planned
    const { late } = await compiledOnce(step.template!, customer.language)
    return {
      id: step.messageId!,
      businessKey: `dunning ${step.caseId} ${step.level} email${step.turn > 1 ? ` ${step.turn}` : ''}`,
      kind: MESSAGE_KIND,
      entity: 'dunningCase',
      entityId: step.caseId,
      customerId: customer.customerId,
      personId: null,
      to: planned.recipients!.to,
      language: customer.language,
      ...late(reminderFacts(reminderOf(planned, sources, people), tx.today)),
    }
  })
  await queueMessages(tx, await Promise.all(written))
}

function reminderOf({ customer, named, recipients }: PlannedCase, { common, names, credits }: ReminderSources, people: Colleagues) {
  const salesperson = salespersonFor(people, customer.salespersonId)
  return {
    company: common.company,
    accounts: common.accounts,
    customer: customer.name,
    contact: recipients!.contact,
    salesperson: salesperson?.name ?? '',
    salespersonPhone: salesperson?.phone ?? '',
    credits: credits.get(customer.customerId) ?? [],
    items: named.map((item) => ({ ...item, ...names.get(item.receivableId)! })),
  }
}
