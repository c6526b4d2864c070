import type { Language } from '../../kernel/language.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { type CompiledMessage, compileMessage } from '../messages/compile-message.query.ts'
import type { TemplateKey } from './ladder.ts'
import { type Amount, type BankAccount, reminderTemplate } from './reminder.ts'
import { standardTemplates } from './standard-templates.ts'
import type { TemplateText } from './template-fields.ts'

/** What all reminders of a company have in common. */
export type CommonParts = {
  readonly company: string
  readonly accounts: readonly BankAccount[]
  /** By `key language`: the company's own texts. */
  readonly ownTexts: ReadonlyMap<string, TemplateText>
}
const ACCOUNTS_MOST = 10

export async function commonParts(reader: Reader): Promise<CommonParts> {
  const t = reader.caller.tenantId
  const [{ name }, accounts, texts] = await Promise.all([
    reader.one<{ name: string }>(sql`select t.name from ar.tenants t where t.tenant_id = ${t}`),
    reader.all<BankAccount>(
      sql`select b.name, b.bank, b.account_no, b.currency from ar.bank_accounts b where b.tenant_id = ${t} and b.status = 'active' order by b.currency, b.name limit ${ACCOUNTS_MOST}`,
    ),
    reader.all<TemplateText & { key: string; language: string }>(
      sql`select m.key, m.language, m.subject, m.body from ar.dunning_templates m where m.tenant_id = ${t}`,
    ),
  ])
  return { company: name, accounts, ownTexts: new Map(texts.map(({ key, language, ...text }) => [`${key} ${language}`, text])) }
}

/** The text that counts: the company's own, else the standard one. */
export function textOf({ ownTexts }: Pick<CommonParts, 'ownTexts'>, key: TemplateKey, language: Language): TemplateText {
  return ownTexts.get(`${key} ${language}`) ?? standardTemplates[language][key]
}

/** A text ready to be filled (kept by the module messages, so that it is made once). */
export function compiledReminder(language: Language, text: TemplateText): Promise<CompiledMessage> {
  const kept = { customer: '{{customer}}', credits: '{{credits}}', more: '{{more}}' } // these are filled with the message, not with the word
  return compileMessage(reminderTemplate(language, text, (key) => word(language, `dunning.mail.${key}`, kept) ?? key))
}

/** Numbers of receivables, and what the customer may know them by: its own reference, else the number that they were brought in with (an invoice's). */
export async function namesOfReceivables(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, { readonly no: string; readonly reference: string | null }>> {
  const rows = await reader.report<{
    id: string
    no: string
    reference: string | null
  }>(sql`select r.id, coalesce(n.series || '-' || ar.no_text(n.no), '') as no, coalesce(r.reference, r.source_no) as reference
    from ar.receivables r left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id where r.tenant_id = ${reader.caller.tenantId} and r.id = any(${ids}::uuid[])`)
  return new Map(rows.map(({ id, ...names }) => [id, names]))
}

/** Money of these customers that lies unallocated, by currency. */
export async function creditsOfCustomers(reader: Reader, customerIds: readonly string[]): Promise<Map<string, Amount[]>> {
  const rows = await reader.report<
    Amount & { customerId: string }
  >(sql`select p.customer_id, p.currency, sum(p.amount - p.allocated - p.refunded)::bigint as minor
    from ar.receipts p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'confirmed' and p.allocated < p.amount and p.customer_id = any(${customerIds}::uuid[]) group by p.customer_id, p.currency`)
  return Map.groupBy(rows, ({ customerId }) => customerId)
}
