import { isDeepStrictEqual } from 'node:util'
import { daysBetween } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type Found, found } from '../../platform/sql.ts'
import { type CreditAnswer, type CreditQuestion, creditCheck } from './credit-check.ts'
import { type OverduePosition, type PathAccount, readCreditPaths, readOverduePositions } from './credit-path.query.ts'
import { type CreditSettings, readCreditSettings } from './credit-settings.query.ts'

/** An order that asks for credit, in base-currency minor units. */
export type CreditDraft = { readonly customerId: string; readonly amountBase: bigint; readonly prepaidBase: bigint }
/**
 * The answer to one draft. `guards`: accounts with the most that orders + receivables may reach; given to changeExposure (the customer's) and guardLimit
 * (the group's) they make the save itself fail when somebody was faster. Only for a decision that passes; an override saves without them.
 */
export type CreditDecision = {
  readonly question: CreditQuestion
  readonly answer: CreditAnswer
  readonly guards: readonly { readonly customerId: string; readonly limitBase: bigint }[]
  readonly settings: CreditSettings
}

/** What a check looks at. */
export type CreditFacts = {
  readonly settings: CreditSettings
  readonly paths: ReadonlyMap<string, PathAccount>
  readonly positions: ReadonlyMap<string, OverduePosition>
}

/**
 * The facts of these customers, to be asked for in the flight that locks their accounts, behind the lock. What the exposure leaves out is a setting: asked by the
 * one last seen, and once more when that has changed meanwhile.
 */
export async function creditFacts(reader: Reader, customers: Found): Promise<CreditFacts> {
  const { tenantId } = reader.caller
  const guess = lastSeen.get(tenantId)
  const [settings, guessed, positions] = await Promise.all([
    readCreditSettings(reader),
    guess === undefined ? undefined : readCreditPaths(reader, customers, guess),
    readOverduePositions(reader, customers),
  ])
  lastSeen.set(tenantId, settings)
  const isRight = guess !== undefined && isDeepStrictEqual(shapeOf(guess), shapeOf(settings))
  return { settings, positions, paths: isRight ? guessed! : await readCreditPaths(reader, customers, settings) }
}
const lastSeen = new Map<number, CreditSettings>()

function shapeOf({ exposure, orderHorizonDays }: CreditSettings) {
  return { exposure, orderHorizonDays }
}

/**
 * 信用检查 of drafts, in the order given: of two drafts of one group the second sees the first. Inside an order's transaction call lockCreditAccounts first; the
 * figures are then the ones that the save will find; `facts` may have been asked for in that flight. Throws 404 for a customer that is not there or not the caller's.
 */
export async function checkCredit(reader: Reader, drafts: readonly CreditDraft[], facts?: CreditFacts): Promise<CreditDecision[]> {
  const ids = [...new Set(drafts.map((draft) => draft.customerId))]
  const { settings, paths, positions } = facts ?? (await creditFacts(reader, found(ids)))
  const added = new Map<string, bigint>()
  return drafts.map((draft) => {
    const own = paths.get(draft.customerId)
    if (!own) throw missing('customer')
    const accounts = [...own.ancestors].reverse().map((id) => paths.get(id)!)
    const position = positions.get(draft.customerId)!
    const question: CreditQuestion = {
      currency: reader.caller.baseCurrency, orderAmount: draft.amountBase, prepaid: draft.prepaidBase,
      onHold: accounts.some((account) => account.onHold), holdReason: position.holdReason ?? undefined,
      accounts: accounts.map(({ customerId, name, limit, exposure }) => ({ customerId, name, limit, exposure: exposure + (added.get(customerId) ?? 0n) })),
      oldestOverdueDays: position.oldestDueOn === null ? 0 : Math.max(0, daysBetween(position.oldestDueOn, reader.today)), oldestOverdueNo: position.oldestNo ?? undefined,
      overdue: position.overdue, receivables: position.open,
    } // biome-ignore format: one line a group of facts
    const answer = creditCheck(question, settings.thresholds)
    if (answer.result !== 'hold') for (const { customerId } of accounts) added.set(customerId, (added.get(customerId) ?? 0n) + answer.added)
    return { question, answer, guards: guardsOf(accounts, settings), settings }
  })
}

/** Counters hold everything, the exposure may leave something out: the wall stands where exposure would reach the limit. */
function guardsOf(accounts: readonly PathAccount[], settings: CreditSettings): { customerId: string; limitBase: bigint }[] {
  return accounts.flatMap(({ customerId, limit, exposure, ordersBase, receivablesBase }, place) => {
    if (limit.kind === 'unlimited' || (limit.kind === 'none' && (place > 0 || settings.thresholds.whenNoLimit === 'unlimited'))) return []
    const most = limit.kind === 'limited' ? limit.limit : 0n
    return [{ customerId, limitBase: most + (ordersBase + receivablesBase - exposure) }]
  })
}
