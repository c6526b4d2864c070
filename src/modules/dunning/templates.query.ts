import { addDays, type Day } from '../../kernel/day.ts'
import { isLanguage, type Language, languages } from '../../kernel/language.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { colleagues } from './colleagues.query.ts'
import { salespersonFor } from './colleagues.ts'
import { type TemplateKey, templateKeys } from './ladder.ts'
import { isRunning } from './open-cases.query.ts'
import { recipientsOfCustomers } from './recipients.query.ts'
import { type Reminder, type ReminderItem, reminderFacts } from './reminder.ts'
import { commonParts, compiledReminder, creditsOfCustomers, namesOfReceivables, textOf } from './reminder-parts.query.ts'
import { standardTemplates } from './standard-templates.ts'
import { ITEMS, type TemplateText, templateFields, templateIssues } from './template-fields.ts'

type OwnRow = TemplateText & {
  readonly key: TemplateKey
  readonly language: Language
  readonly savedBy: string
  readonly savedAt: Date
  readonly version: number
}

/** Every text in every language, the company's own where it has one, and what texts may name. */
export async function listTemplates(reader: Reader) {
  const rows =
    await reader.all<OwnRow>(sql`select m.key, m.language, m.subject, m.body, coalesce(p.name, '') as saved_by, m.saved_at, m.version
    from ar.dunning_templates m left join ar.people p on p.tenant_id = m.tenant_id and p.id = m.saved_by where m.tenant_id = ${reader.caller.tenantId}`)
  const own = new Map(rows.map((row) => [`${row.key} ${row.language}`, row]))
  const items = templateKeys.flatMap((key) =>
    languages.map((language) => {
      const found = own.get(`${key} ${language}`)
      if (found !== undefined) return { ...found, isStandard: false, savedAt: found.savedAt.toISOString() }
      return { key, language, ...standardTemplates[language][key], isStandard: true, savedBy: null, savedAt: null, version: 0 }
    }),
  )
  return { items, fields: [...templateFields, ITEMS.slice(2, -2)] }
}

export type PreviewWanted = {
  readonly key: TemplateKey
  readonly language?: Language | undefined
  readonly customerId?: string | undefined
  readonly subject?: string | undefined
  readonly body?: string | undefined
}
const PREVIEW_ITEMS_MOST = 50

/**
 * A reminder as a customer would get it today: with what is overdue (before the due day: not overdue yet), disputed and paused items left out. Without a customer, the one that owes
 * longest; where nobody owes, made-up figures. Throws dunning.templateWrong with every faulty field, platform.notFound.
 */
export async function previewMessage(reader: Reader, { key, customerId, ...wanted }: PreviewWanted) {
  const common = await commonParts(reader)
  const customer = await previewCustomer(reader, key, customerId)
  const language = wanted.language ?? customer?.language ?? languageOf(reader.caller.language)
  const standing = textOf(common, key, language)
  const text = { subject: wanted.subject ?? standing.subject, body: wanted.body ?? standing.body }
  refuseFaults(text)
  const { reminder, to } = customer === undefined ? sample(reader.today, key, common) : await realReminder(reader, customer, key, common)
  const compiled = await compiledReminder(language, text)
  return {
    customerId: customer?.id ?? null,
    customerName: reminder.customer,
    language,
    to: [...to],
    ...compiled.fill(reminderFacts(reminder, reader.today)),
  }
}

/** Throws dunning.templateWrong. */
export function refuseFaults(text: TemplateText): void {
  const issues = templateIssues(text)
  if (issues.length > 0) throw new Problem('dunning.templateWrong', {}, { issues })
}

type PreviewCustomer = { readonly id: string; readonly name: string; readonly language: Language; readonly salespersonId: string | null }

async function previewCustomer(reader: Reader, key: TemplateKey, customerId: string | undefined): Promise<PreviewCustomer | undefined> {
  const t = reader.caller.tenantId
  const owing = (more: Sql) =>
    sql`(select r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and not r.disputed ${more} order by r.due_on, r.id limit 1)`
  // the text before the due day is read with somebody who has something before it
  const usual = key === 'friendly' ? sql`coalesce(${owing(sql`and r.due_on >= ${reader.today}::date`)}, ${owing(sql``)})` : owing(sql``)
  const wanted = customerId === undefined ? sql`c.id = ${usual}` : sql`c.id = ${customerId}`
  const found = await reader.maybe<Omit<PreviewCustomer, 'language'> & { language: string }>(
    sql`select c.id, c.name, c.language, c.salesperson_id from ar.customers c where c.tenant_id = ${t} and ${wanted}`,
  )
  if (found === undefined && customerId !== undefined) throw missing('customer')
  return found === undefined ? undefined : { ...found, language: languageOf(found.language) }
}

async function realReminder(
  reader: Reader,
  customer: PreviewCustomer,
  key: TemplateKey,
  common: Pick<Reminder, 'company' | 'accounts'>,
): Promise<{ reminder: Reminder; to: readonly string[] }> {
  const t = reader.caller.tenantId
  const overdue = key === 'friendly' ? sql`r.due_on >= ${reader.today}::date` : sql`r.due_on < ${reader.today}::date`
  const rows = await reader.all<
    Omit<ReminderItem, 'no' | 'reference'>
  >(sql`select r.id as receivable_id, r.currency, r.open, r.due_on from ar.receivables r
    where r.tenant_id = ${t} and r.customer_id = ${customer.id} and r.open <> 0 and not r.disputed
      and not exists (select from ar.dunning_blocks b where b.tenant_id = ${t} and b.receivable_id = r.id and ${isRunning(reader.today)})
    order by ${overdue} desc, r.due_on, r.id limit ${PREVIEW_ITEMS_MOST}`)
  const [names, credits, people, recipients] = await Promise.all([
    namesOfReceivables(
      reader,
      rows.map(({ receivableId }) => receivableId),
    ),
    creditsOfCustomers(reader, [customer.id]),
    colleagues(reader),
    recipientsOfCustomers(reader, [customer.id]),
  ])
  const meant = rows.filter(({ dueOn }) => (key === 'friendly') === dueOn >= reader.today)
  const items = (meant.length > 0 ? meant : rows).map((item) => ({ ...item, ...names.get(item.receivableId)! }))
  const salesperson = salespersonFor(people, customer.salespersonId)
  const found = recipients.get(customer.id)
  return {
    to: found?.to ?? [],
    reminder: {
      company: common.company,
      accounts: common.accounts,
      customer: customer.name,
      contact: found?.contact ?? customer.name,
      salesperson: salesperson?.name ?? '',
      salespersonPhone: salesperson?.phone ?? '',
      items,
      credits: credits.get(customer.id) ?? [],
    },
  }
}

/** Where nobody owes anything yet: two items, before their due days in the text that is sent before them. */
function sample(
  today: Day,
  key: TemplateKey,
  { company, accounts }: Pick<Reminder, 'company' | 'accounts'>,
): { reminder: Reminder; to: readonly string[] } {
  const item = (no: string, open: bigint, days: number): ReminderItem => ({ receivableId: no, no, reference: 'PO-1001', currency: 'CNY', open, dueOn: addDays(today, -days) }) // biome-ignore format: one line
  const days = key === 'friendly' ? [-3, -5] : [21, 5]
  const items = [item('AR-0001', 12_345_600n, days[0]!), item('AR-0002', 800_000n, days[1]!)]
  return { to: ['finance@example.com'], reminder: { company, accounts, customer: 'Example Co., Ltd.', contact: 'Ms. Chen', salesperson: 'Mr. Li', salespersonPhone: '', items, credits: [] } } // biome-ignore format: one line
}

function languageOf(text: string): Language {
  return isLanguage(text) ? text : 'zh-CN'
}
