import { formatMinor } from '../../kernel/money.ts'
import type { OrderCheck } from './check-order.query.ts'
import type { readOrderDetail } from './order-detail.query.ts'

type Detail = Awaited<ReturnType<typeof readOrderDetail>>

/** The order as JSON: amounts as decimal text. */
export function shownOrder(
  { order, names, events, receivables, request, lateDays, opensReceivables, sameReference }: Detail,
  base: string,
) {
  const minor = (amount: bigint): string => formatMinor(amount, order.currency)
  // the rest of the row is shown as it is; these are the program's own
  const { openBase, reservedBase, approvedOn, contentHash, receivablesOn, lastPartNo, createdBy, submittedBy, submittedAt, ...head } = order
  const { creditDetail, overBase, overrideReason, overrideByName, ...plainNames } = names
  const owed = receivables.reduce((sum, one) => sum + one.amount, 0n)
  const open = receivables.reduce((sum, one) => sum + one.open, 0n)
  return {
    ...head,
    ...plainNames,
    net: minor(order.net),
    tax: minor(order.tax),
    amount: minor(order.amount),
    amountBase: formatMinor(order.amountBase, base),
    creditRules: (creditDetail?.rules ?? []).map(({ rule, result, reason, over }) => ({
      rule,
      result: result as 'pass',
      reason: reason as { key: string },
      over: formatMinor(BigInt(over), base),
    })),
    override: overBase === null ? null : { over: formatMinor(overBase, base), reason: overrideReason ?? '', byName: overrideByName },
    pendingRequest: request,
    lines: order.lines.map((line) => ({ ...line, net: minor(line.net), tax: minor(line.tax), amount: minor(line.amount) })),
    events: events.map(({ createdAt, ...event }) => ({ ...event, at: createdAt.toISOString() })),
    receivables: receivables.map((one) => ({ ...one, amount: minor(one.amount), open: minor(one.open) })),
    received: minor(owed - open),
    outstanding: minor(open),
    lateDays,
    opensReceivables,
    sameReference: sameReference.map(({ id, no }) => ({ id, no })),
  }
}

/** The live check as JSON. */
export function shownCheck(
  { content, amounts, issues, missing, warnings, sameReference, credit, due, optional, usualDaysLate, opensReceivables, asks }: OrderCheck,
  base: string,
) {
  const minor = (amount: bigint): string => formatMinor(amount, content.currency)
  const plain = (list: OrderCheck['issues']) =>
    list.map(({ path, code, params }) => ({ path, code, ...(params ? { params: { ...params } } : {}) }))
  return {
    content: { ...content },
    issues: plain(issues),
    missing: plain(missing),
    warnings: plain(warnings),
    sameReference: sameReference && { id: sameReference.id, no: sameReference.no },
    totals: amounts
      ? {
          currency: content.currency,
          net: minor(amounts.net),
          tax: minor(amounts.tax),
          amount: minor(amounts.gross),
          amountBase: formatMinor(amounts.amountBase, base),
          discount: minor(amounts.discount),
          lines: amounts.lines.map((line) => ({ net: minor(line.net), tax: minor(line.tax), amount: minor(line.gross) })),
        }
      : null,
    credit: credit ? shownCredit(credit, base) : null,
    due: due.map(
      ({ name, amount, baseEvent, baseOn, contractDue, effectiveDue, expectedOn, estimated, unpublishedYear, beforeDelivery }) => ({
        name,
        amount: minor(amount.minor),
        baseEvent,
        baseOn,
        contractDue,
        dueOn: effectiveDue,
        expectedOn,
        estimated,
        unpublishedYear: unpublishedYear ?? null,
        beforeDelivery,
      }),
    ),
    optional: [...optional],
    usualDaysLate,
    opensReceivables,
    asks: [...asks],
  }
}

function shownCredit({ question, answer, ordersBase, receivablesBase, waysOut }: NonNullable<OrderCheck['credit']>, base: string) {
  const minor = (amount: bigint): string => formatMinor(amount, base)
  const [own, ...groups] = question.accounts
  const limit = own?.limit
  const overOf = (customerId: string | undefined): bigint =>
    answer.rules.find((rule) => rule.customerId !== undefined && rule.customerId === customerId)?.over ?? 0n
  return {
    currency: base,
    result: answer.result,
    added: minor(answer.added),
    over: minor(answer.over),
    rules: answer.rules.map(({ rule, result, reason, over }) => ({ rule, result, reason: reason as { key: string }, over: minor(over) })),
    limit: limit?.kind === 'limited' ? minor(limit.limit) : null,
    limitKind: limit?.kind ?? 'none',
    limitUntil: limit?.kind === 'limited' ? (limit.until ?? null) : null,
    overOwn: minor(overOf(own?.customerId)),
    groups: groups.flatMap((group) =>
      group.limit.kind === 'limited'
        ? [
            {
              name: group.name,
              used: minor(group.exposure + answer.added),
              limit: minor(group.limit.limit),
              over: minor(overOf(group.customerId)),
            },
          ]
        : [],
    ),
    overdue: minor(question.overdue),
    notDue: minor(receivablesBase - question.overdue),
    orders: minor(ordersBase),
    exposure: minor(ordersBase + receivablesBase),
    waysOut: waysOut.map(({ kind, amount, title, effect, after }) => ({
      kind,
      amount: minor(amount),
      title: title as { key: string },
      effect: effect as { key: string },
      after,
    })),
  }
}
