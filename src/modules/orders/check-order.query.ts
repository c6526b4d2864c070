import { addDaysWithin, type Day, laterDay } from '../../kernel/day.ts'
import { money } from '../../kernel/money.ts'
import type { Issue } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type ApprovalFacts, type ApprovalRule, neededSteps } from '../approvals/approval-rule.ts'
import { activeRules } from '../approvals/approval-rules.query.ts'
import { settingsOf } from '../company/settings.query.ts'
import { type CreditDecision, checkCredit } from '../credit/check-credit.query.ts'
import { type CreditAccount, readCreditAccounts } from '../credit/credit-accounts.query.ts'
import { type OpenItem, type WayOut, waysOut } from '../credit/ways-out.ts'
import { usualDaysLate } from '../customers/usual-days-late.query.ts'
import { type DuePart, dueDates } from '../terms/due-date.ts'
import { tenantCalendar } from '../terms/terms.query.ts'
import { prepaidBase } from './credit-needed.ts'
import { ordersWithReferences } from './draft-defaults.query.ts'
import { type CompletenessSettings, defaultCompleteness, optionalFields, orderCompleteness } from './order-completeness.ts'
import type { OrderAmounts, OrderContent, OrderDraft } from './order-draft.ts'
import type { OpensReceivablesOn } from './order-events.ts'
import { opensReceivablesOn } from './order-settings.query.ts'
import { previewOrder } from './save-orders.command.ts'

const OPEN_ITEMS_MOST = 200

export type OrderCheck = {
  readonly content: OrderContent
  readonly amounts: OrderAmounts | undefined
  /** Wrong figures; what is missing before it can be submitted; what should be looked at. */
  readonly issues: readonly Issue[]
  readonly missing: readonly Issue[]
  readonly warnings: readonly Issue[]
  /** Fields that may stay empty, by the company's settings. */
  readonly optional: readonly string[]
  readonly sameReference: { readonly id: string; readonly no: string } | null
  readonly credit:
    | (CreditDecision & { readonly ordersBase: bigint; readonly receivablesBase: bigint; readonly waysOut: readonly WayOut[] })
    | undefined
  readonly due: readonly (DuePart & { readonly expectedOn: Day })[]
  /** How late this customer usually pays (habits.query.ts); null when too little is known. */
  readonly usualDaysLate: number | null
  readonly opensReceivables: OpensReceivablesOn
  /** Roles that would be asked, in their order. */
  readonly asks: readonly string[]
}

/** The live check of the order form: the same functions as at submission, without locks and without saving. */
export async function checkOrder(reader: Reader, draft: OrderDraft, orderId: string | undefined): Promise<OrderCheck> {
  const { content, amounts, issues, sources } = await previewOrder(reader, draft)
  const customer = sources.customers.get(content.customerId)!
  const figures = amounts
    ? { amountBase: amounts.amountBase, prepaidBase: prepaidBase({ ...content, amount: amounts.gross }, reader.caller.baseCurrency) }
    : { amountBase: 0n, prepaidBase: 0n }
  const [[decision], accounts, items, habits, same, settings, rules, calendar, openOn] = await Promise.all([
    checkCredit(reader, [{ customerId: content.customerId, ...figures }]),
    readCreditAccounts(reader, [content.customerId]),
    openItems(reader, content.customerId),
    usualDaysLate(reader, [content.customerId], reader.today),
    ordersWithReferences(reader, [content]),
    settingsOf<CompletenessSettings>(reader, 'orders', defaultCompleteness),
    activeRules(reader, ['order']),
    tenantCalendar(reader, content.terms?.calendar),
    opensReceivablesOn(reader),
  ])
  const other = [...same.values()].flat().find(({ id }) => id !== orderId) ?? null
  const complete = completeness(content, amounts, customer.status, other?.no, settings, sources)
  const due =
    content.terms && amounts && amounts.gross > 0n && complete.missing.every(({ path }) => !path.startsWith('terms'))
      ? duePreview(content, amounts, calendar, reader.today)
      : []
  const late = habits.get(content.customerId)?.days ?? null
  const facts = {
    amountBase: figures.amountBase,
    customerClass: customer.class,
    creditResult: decision?.answer.result ?? null,
    on: reader.today,
    recent: [],
  }
  return {
    content,
    amounts,
    issues,
    ...complete,
    optional: optionalFields(settings),
    sameReference: other,
    credit: creditPart(decision, accounts.get(content.customerId), items, reader.today),
    due: due.map((part) => ({ ...part, expectedOn: addDaysWithin(part.effectiveDue, Math.max(0, late ?? 0)) })),
    usualDaysLate: late,
    opensReceivables: openOn,
    asks: rolesAsked(rules, facts, reader.caller.baseCurrency),
  }
}

/** The customer's oldest open items, for the ways out of a hold. */
function openItems(reader: Reader, customerId: string): Promise<OpenItem[]> {
  return reader.all<OpenItem>(sql`select coalesce(n.series || '-' || ar.no_text(n.no), r.source_no, r.reference, '') as no, r.open_base as open, r.due_on
    from ar.receivables r left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id
    where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = ${customerId} and r.open <> 0 order by r.due_on, r.id limit ${OPEN_ITEMS_MOST}`)
}

function completeness(
  content: OrderContent,
  amounts: OrderAmounts | undefined,
  customerStatus: 'active' | 'disabled' | 'merged',
  sameReferenceOrderNo: string | undefined,
  settings: CompletenessSettings,
  sources: { readonly products: ReadonlyMap<string, { readonly status: 'active' | 'disabled' }> },
) {
  const { customerId, salespersonId, orderedOn, deliveryOn, terms, paymentMethodId, customerReference } = content
  return orderCompleteness(
    {
      customerId,
      orderedOn,
      customerStatus,
      sameReferenceOrderNo,
      gross: amounts?.gross ?? 0n,
      salespersonId: salespersonId ?? undefined,
      deliveryOn: deliveryOn ?? undefined,
      terms: terms ?? undefined,
      paymentMethodId: paymentMethodId ?? undefined,
      customerReference: customerReference ?? undefined,
      lines: content.lines.map(({ productId }) => ({ productId, productStatus: sources.products.get(productId)?.status })),
    },
    settings,
  )
}

function duePreview(
  content: OrderContent,
  amounts: OrderAmounts,
  calendar: Awaited<ReturnType<typeof tenantCalendar>>,
  today: Day,
): DuePart[] {
  const approval = laterDay(content.orderedOn, today)
  return dueDates(
    content.terms!,
    { order: content.orderedOn, expected: { approval, ...(content.deliveryOn ? { delivery: content.deliveryOn } : {}) } },
    money(amounts.gross, content.currency),
    calendar,
  )
}

function creditPart(
  decision: CreditDecision | undefined,
  account: CreditAccount | undefined,
  items: readonly OpenItem[],
  today: Day,
): OrderCheck['credit'] {
  if (!decision || !account) return undefined
  const { ordersBase, receivablesBase } = account
  return { ...decision, ordersBase, receivablesBase, waysOut: waysOut(decision.question, items, today, decision.settings.thresholds) }
}

/** A hold that no rule speaks of asks the finance manager, as at submission. */
function rolesAsked(rules: readonly ApprovalRule[], facts: ApprovalFacts, baseCurrency: string): string[] {
  const asked = neededSteps(rules, facts, baseCurrency).map(({ role }) => role)
  return asked.length === 0 && facts.creditResult === 'hold' ? ['financeManager'] : asked
}
