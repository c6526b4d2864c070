import { type Day, daysBetween } from '../../kernel/day.ts'
import { divideRounded, formatMinor } from '../../kernel/money.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import {
  type CreditAnswer,
  type CreditQuestion,
  type CreditResult,
  type CreditThresholds,
  creditCheck,
  defaultThresholds,
} from './credit-check.ts'

/** An open item of the customer, minor units of the base currency. */
export type OpenItem = { readonly no: string; readonly open: bigint; readonly dueOn: Day }
export type WayOut = {
  readonly kind: 'payOldest' | 'prepayMore' | 'release'
  /** What has to be paid, prepaid or released. */
  readonly amount: bigint
  readonly title: Phrase
  /** The check as it would be afterwards. */
  readonly after: CreditResult
  /** Rules that stop the order now and would not any more, and those that still would. */
  readonly solves: readonly string[]
  readonly remains: readonly string[]
  readonly effect: Phrase
  /** Documents the way is about: the items to pay. */
  readonly documents: readonly string[]
}

const MOST_ITEMS = 200

/**
 * The quickest ways out of a hold, each tried with the same check, so that the page can say what it does and does not solve:
 * pay the oldest items, prepay more, ask for a one-time release. Empty unless the check holds. A way that changes nothing is left out.
 */
export function waysOut(
  question: CreditQuestion,
  items: readonly OpenItem[],
  asOf: Day,
  thresholds: CreditThresholds = defaultThresholds,
): WayOut[] {
  const now = creditCheck(question, thresholds)
  if (now.result !== 'hold') return []
  return [payOldest(question, now, items, asOf, thresholds), prepayMore(question, now, thresholds), release(question, now)].filter(
    (way) => way !== undefined,
  )
}

/** As many of the oldest items as it takes until neither limits nor overdue rules hold the order. */
function payOldest(
  question: CreditQuestion,
  now: CreditAnswer,
  items: readonly OpenItem[],
  asOf: Day,
  thresholds: CreditThresholds,
): WayOut | undefined {
  const oldest = [...items].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.no < b.no ? -1 : 1)).slice(0, MOST_ITEMS)
  let best: { readonly after: CreditAnswer; readonly count: number } | undefined
  for (let count = 1; count <= oldest.length; count++) {
    const after = creditCheck(afterPaying(question, oldest.slice(0, count), oldest.slice(count), asOf), thresholds)
    if (best === undefined || stopping(after).length < stopping(best.after).length) best = { after, count }
    if (stopping(after).every((rule) => rule === 'hold')) break
  }
  if (best === undefined) return undefined
  const paid = oldest.slice(0, best.count)
  const amount = paid.reduce((sum, item) => sum + item.open, 0n)
  const title = phrase('credit.waysOut.payOldest', {
    payAmount: formatMinor(amount, question.currency),
    count: paid.length,
    first: paid[0]!.no,
  })
  return describe(
    'payOldest',
    amount,
    title,
    now,
    best.after,
    paid.map((item) => item.no),
  )
}

function afterPaying(question: CreditQuestion, paid: readonly OpenItem[], left: readonly OpenItem[], asOf: Day): CreditQuestion {
  const sum = (items: readonly OpenItem[]) => items.reduce((total, item) => total + item.open, 0n)
  const oldestOverdueDays = left.reduce((most, item) => Math.max(most, daysBetween(item.dueOn, asOf)), 0)
  return {
    ...question,
    oldestOverdueDays,
    oldestOverdueNo: left[0]?.no,
    overdue: question.overdue - sum(paid.filter((item) => item.dueOn < asOf)),
    receivables: question.receivables - sum(paid),
    accounts: question.accounts.map((account) => ({ ...account, exposure: account.exposure - sum(paid) })),
  }
}

/** Prepay enough to be within every limit, rounded up to a whole tenth of the order. */
function prepayMore(question: CreditQuestion, now: CreditAnswer, thresholds: CreditThresholds): WayOut | undefined {
  if (now.over === 0n || question.orderAmount === 0n) return undefined
  const needed = question.prepaid + now.over
  const tenths = [...Array(11).keys()].find((tenth) => tenthOf(question.orderAmount, tenth) >= needed)
  if (tenths === undefined) return undefined
  const prepaid = tenthOf(question.orderAmount, tenths)
  const after = creditCheck({ ...question, prepaid }, thresholds)
  return describe(
    'prepayMore',
    prepaid,
    phrase('credit.waysOut.prepayMore', { percent: tenths * 10, prepayAmount: formatMinor(prepaid, question.currency) }),
    now,
    after,
    [],
  )
}

function release(question: CreditQuestion, now: CreditAnswer): WayOut {
  const title =
    now.over === 0n
      ? phrase('credit.waysOut.releasePlain')
      : phrase('credit.waysOut.release', { overAmount: formatMinor(now.over, question.currency) })
  return {
    kind: 'release',
    amount: now.over,
    title,
    after: 'pass',
    solves: stopping(now),
    remains: [],
    effect: phrase('credit.waysOut.releaseEffect'),
    documents: [],
  }
}

function describe(
  kind: WayOut['kind'],
  amount: bigint,
  title: Phrase,
  now: CreditAnswer,
  after: CreditAnswer,
  documents: readonly string[],
): WayOut | undefined {
  const remains = stopping(after)
  const solves = stopping(now).filter((rule) => !remains.includes(rule))
  if (solves.length === 0) return undefined
  const effect = phrase(`credit.waysOut.${remains.length === 0 ? 'solvesAll' : 'solvesSome'}`, {
    solved: solves.length,
    left: remains.length,
  })
  return { kind, amount, title, after: after.result, solves, remains, effect, documents }
}

function stopping(answer: CreditAnswer): string[] {
  return [...new Set(answer.rules.filter((rule) => rule.result === 'hold').map((rule) => rule.rule))]
}

function tenthOf(amount: bigint, tenths: number): bigint {
  return divideRounded(amount * BigInt(tenths), 10n)
}
