import type { Day } from '../../kernel/day.ts'
import { formatMinor, money, parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { partAmounts } from '../terms/due-date.ts'
import { readTerms } from '../terms/terms.query.ts'
import { checkCredit } from './check-credit.query.ts'
import { readCreditPosition } from './credit-position.query.ts'
import { type OpenItem, waysOut } from './ways-out.ts'

export type OrderQuestion = {
  readonly customerId: string
  readonly amount: string
  readonly prepaid?: string | undefined
  readonly termsId?: string | undefined
}
const ITEMS_MOST = 200

/** The live check of an order form, in the base currency: every rule, the position, and the ways out when it holds. Throws 400 for an amount that is none, 404 for the customer. */
export async function checkOrder(reader: Reader, question: OrderQuestion) {
  const currency = reader.caller.baseCurrency
  const amountBase = minorOf(question.amount, currency, 'amount')
  const prepaidBase = await prepaidOf(reader, question, amountBase, currency)
  const [decision] = await checkCredit(reader, [{ customerId: question.customerId, amountBase, prepaidBase }])
  const { answer, settings } = decision!
  const [position, items] = await Promise.all([
    readCreditPosition(reader, question.customerId, settings),
    answer.result === 'hold' ? oldestItems(reader, question.customerId) : [],
  ])
  const ways = waysOut(decision!.question, items, reader.today, settings.thresholds)
  const amount = (minor: bigint) => formatMinor(minor, currency)
  return {
    result: answer.result, added: amount(answer.added), over: amount(answer.over), prepaid: amount(prepaidBase), currency, position,
    rules: answer.rules.map((rule) => ({ ...rule, reason: plain(rule.reason), over: amount(rule.over) })),
    waysOut: ways.map((way) => ({ ...way, amount: amount(way.amount), title: plain(way.title), effect: plain(way.effect), solves: [...way.solves], remains: [...way.remains], documents: [...way.documents] })),
  } // biome-ignore format: one line a group of figures
}

/** The parts that the terms ask for before delivery need no credit. */
async function prepaidOf(reader: Reader, { prepaid, termsId }: OrderQuestion, amountBase: bigint, currency: string): Promise<bigint> {
  if (termsId === undefined) return prepaid === undefined ? 0n : minorOf(prepaid, currency, 'prepaid')
  const { definition } = (await readTerms(reader, [termsId])).get(termsId)!
  const amounts = partAmounts(definition, money(amountBase, currency))
  return definition.parts.reduce((sum, part, i) => sum + (part.rule.beforeDelivery ? amounts[i]!.minor : 0n), 0n)
}

async function oldestItems(reader: Reader, customerId: string): Promise<OpenItem[]> {
  const t = reader.caller.tenantId
  return reader.all<{
    no: string
    open: bigint
    dueOn: Day
  }>(sql`select coalesce(d.series || '-' || ar.no_text(d.no), r.source_no, r.reference, '') as no, r.open_base as open, r.due_on
    from ar.receivables r left join ar.document_numbers d on d.tenant_id = ${t} and d.document_id = r.id
    where r.tenant_id = ${t} and r.customer_id = ${customerId} and r.open <> 0 order by r.due_on limit ${ITEMS_MOST}`)
}

function minorOf(text: string, currency: string, path: string): bigint {
  const minor = parseMinor(text, currency)
  if (minor === undefined || minor < 0n) throw new Problem('platform.notAnAmount', {}, { kind: 'invalid', path })
  return minor
}

function plain(said: { readonly key: string; readonly params?: object }) {
  return { key: said.key, ...(said.params ? { params: { ...said.params } } : {}) }
}
