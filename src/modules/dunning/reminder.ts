import { type Day, daysBetween } from '../../kernel/day.ts'
import type { Language } from '../../kernel/language.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Facts } from '../messages/logic-less.ts'
import type { MessageTemplate } from '../messages/message-template.ts'
import { splitBody, type TemplateText } from './template-fields.ts'

/** An item of a reminder. `open` in minor units of its own currency. */
export type ReminderItem = {
  readonly receivableId: string
  readonly no: string
  readonly reference: string | null
  readonly currency: string
  readonly open: bigint
  readonly dueOn: Day
}
export type Amount = { readonly currency: string; readonly minor: bigint }
export type BankAccount = { readonly name: string; readonly bank: string; readonly accountNo: string; readonly currency: string }

/** Everything that a reminder says. */
export type Reminder = {
  readonly company: string
  readonly customer: string
  readonly contact: string
  readonly salesperson: string
  readonly salespersonPhone: string
  readonly items: readonly ReminderItem[]
  /** Money of the customer that lies unallocated, by currency. */
  readonly credits: readonly Amount[]
  /** Our accounts; those in a currency of the items are told. */
  readonly accounts: readonly BankAccount[]
}

type MailWords = (key: string) => string

/** The company's text with the list of amounts, totals by currency, money not yet set off and where to pay. `words`: of `dunning.mail` in the language. */
export function reminderTemplate(language: Language, { subject, body }: TemplateText, words: MailWords): MessageTemplate {
  const { before, after } = splitBody(body) ?? { before: body, after: '' }
  const right = 'right' as const
  return {
    language,
    subject,
    why: words('why'),
    blocks: [
      ...(before === '' ? [] : [{ kind: 'text' as const, text: before }]),
      {
        kind: 'table',
        list: 'items',
        columns: [
          { title: words('no'), value: '{{no}}' },
          { title: words('reference'), value: '{{reference}}' },
          { title: words('dueOn'), value: '{{dueOn}}' },
          { title: words('overdueDays'), value: '{{overdueDays}}', align: right },
          { title: words('open'), value: '{{open}} {{currency}}', align: right },
        ],
        foot: { list: 'totals', title: words('totals'), value: '{{amount}} {{currency}}' },
      },
      { kind: 'text', text: words('more'), when: 'more' },
      { kind: 'text', text: words('credits'), when: 'credits' },
      ...(after === '' ? [] : [{ kind: 'text' as const, text: after }]),
      {
        kind: 'table',
        list: 'accounts',
        when: 'hasAccounts',
        columns: [
          { title: words('account'), value: '{{name}}' },
          { title: words('bank'), value: '{{bank}}' },
          { title: words('accountNo'), value: '{{accountNo}} ({{currency}})' },
        ],
      },
    ],
  }
}

/** Rows of one message: more of them nobody reads, and mail servers refuse what is too large. The totals are of all. */
export const ROWS_MOST = 200

/** What fills the template. Items oldest first; an item that is not overdue has no overdue days. */
export function reminderFacts(reminder: Reminder, today: Day): Facts {
  const { company, customer, contact, salesperson, salespersonPhone } = reminder
  const items = reminder.items.toSorted((a, b) => (a.dueOn === b.dueOn ? compare(a.no, b.no) : compare(a.dueOn, b.dueOn)))
  const totals = totalsOf(items.map(({ currency, open }) => ({ currency, minor: open })))
  const currencies = new Set(totals.map(({ currency }) => currency))
  const accounts = reminder.accounts.filter(({ currency }) => currencies.has(currency)).map((account) => ({ ...account }))
  const oldest = items[0]?.dueOn ?? today
  return {
    company,
    customer,
    contact,
    salesperson: salesperson === '' ? company : salesperson,
    salespersonPhone,
    today,
    count: items.length,
    total: spoken(totals),
    oldestDueOn: oldest,
    overdueDays: Math.max(0, daysBetween(oldest, today)),
    more: items.length > ROWS_MOST ? items.length - ROWS_MOST : '',
    items: items.slice(0, ROWS_MOST).map(({ no, reference, dueOn, currency, open }) => ({
      no,
      reference: reference ?? '',
      dueOn,
      overdueDays: dueOn < today ? daysBetween(dueOn, today) : '',
      open: readable(open, currency),
      currency,
    })),
    totals: totals.map(({ currency, minor }) => ({ currency, amount: readable(minor, currency) })),
    credits: spoken(totalsOf(reminder.credits.filter(({ minor }) => minor > 0n))),
    hasAccounts: accounts.length > 0,
    accounts,
  }
}

/** One sum a currency, in the order of their names: currencies are never added. */
function totalsOf(amounts: readonly Amount[]): Amount[] {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency)
  return [...byCurrency]
    .map(([currency, own]) => ({ currency, minor: own.reduce((sum, { minor }) => sum + minor, 0n) }))
    .sort((a, b) => compare(a.currency, b.currency))
}

function spoken(amounts: readonly Amount[]): string {
  return amounts.map(({ currency, minor }) => `${readable(minor, currency)} ${currency}`).join(' · ')
}

/** '1,234,567.80' */
function readable(minor: bigint, currency: string): string {
  const [whole, decimals] = formatMinor(minor, currency).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === undefined ? grouped : `${grouped}.${decimals}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
