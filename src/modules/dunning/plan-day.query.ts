import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { dueCustomers } from './due-facts.query.ts'
import { readDunningSettings } from './dunning-settings.query.ts'
import type { LadderContent } from './ladder.ts'
import { type NotPlanned, type PlannedCase, planLevels, planMessages, sendsMessage } from './plan.ts'
import { contactedLately, recipientsOfCustomers } from './recipients.query.ts'

export type DayPlan = { readonly planned: readonly PlannedCase[]; readonly notPlanned: readonly NotPlanned[] }

/** What a run on this working day would do, as things stand: in the order of the customers' ids. Writes nothing. */
export async function planDay(
  reader: Reader,
  { onDay, instead }: { readonly onDay: Day; readonly instead?: ReadonlyMap<string, LadderContent> },
): Promise<DayPlan> {
  const calendar = (await companyCalendars(reader))('cn')
  const customers = await dueCustomers(reader, { onDay, calendar, ...(instead === undefined ? {} : { instead }) })
  const levels = planLevels(customers, onDay, calendar)
  const writing = levels.taking.filter(({ level }) => sendsMessage(level)).map(({ customer }) => customer.customerId)
  const [recipients, contacted, { mostContacts }] = await Promise.all([
    recipientsOfCustomers(reader, writing),
    contactedLately(reader, onDay),
    readDunningSettings(reader),
  ])
  return planMessages(levels, recipients, contacted, mostContacts)
}
