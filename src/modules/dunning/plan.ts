import type { Day } from '../../kernel/day.ts'
import type { Calendar } from '../terms/calendar.ts'
import type { DueCustomer, DueReceivable } from './due-customer.ts'
import type { DunningLevel } from './ladder.ts'
import type { LeftOutReason } from './left-out.ts'
import { levelToTake, stateAtOpening } from './level-to-take.ts'
import { type NotPossible, notPossible, type Recipients, withinContacts } from './recipients.ts'

/** A customer that takes a level today. */
export type PlannedCase = {
  readonly customer: DueCustomer
  readonly level: DunningLevel
  readonly turn: number
  /** Only the message, which was withheld when the level was taken before. */
  readonly isAgain: boolean
  readonly named: readonly DueReceivable[]
  readonly netBase: bigint
  readonly oldestDueOn: Day
  /** Of the message, where the level sends one and somebody can be written to. */
  readonly recipients: Recipients | undefined
  /** Why the level's message cannot be sent; its other actions are taken all the same. */
  readonly notPossible: NotPossible | null
}
export type NotPlanned = {
  readonly customer: DueCustomer
  readonly reason: LeftOutReason
  readonly onDay: Day | null
  readonly note: string | null
  readonly netBase: bigint
  readonly oldestDueOn: Day
}
type Taking = Omit<PlannedCase, 'recipients' | 'notPossible'>
export type Levels = {
  readonly taking: readonly Taking[]
  readonly notPlanned: readonly NotPlanned[]
}

/** Which customers' time has come, before anybody looks whom to write to. */
export function planLevels(customers: readonly DueCustomer[], today: Day, calendar: Calendar): Levels {
  const taking: Taking[] = []
  const notPlanned: NotPlanned[] = []
  for (const customer of customers) {
    const items = customer.items.filter(({ excluded }) => !excluded)
    const oldestDueOn = customer.items[0]!.dueOn
    const leave = (reason: LeftOutReason, onDay: Day | null, note: string | null) =>
      notPlanned.push({ customer, reason, onDay, note, netBase: owed(customer), oldestDueOn })
    if (customer.block !== undefined) {
      leave('blocked', customer.block.untilOn, customer.block.reason)
      continue
    }
    if (items.length === 0) {
      leave('itemsExcluded', null, null)
      continue
    }
    const state = customer.openCase ?? stateAtOpening(items, today)
    const found = levelToTake(customer.version.content, state, items, customer.unallocatedBase, today, calendar)
    if ('take' in found) {
      const { take: level, turn, isAgain, named, netBase } = found
      taking.push({ customer, level, turn, isAgain, named, netBase, oldestDueOn: found.oldestDueOn })
    } else notPlanned.push({ customer, reason: found.leave, onDay: found.onDay, note: null, netBase: found.netBase, oldestDueOn: found.oldestDueOn }) // biome-ignore format: one line
  }
  return { taking, notPlanned }
}

/**
 * Whom to write to. Who cannot be written to takes the level without its message. `contacted`: messages of the last 7 days by address; it is counted up here, because two customers may have the same address.
 */
export function planMessages(
  { taking, notPlanned }: Levels,
  recipientsOf: ReadonlyMap<string, Recipients>,
  contacted: Map<string, number>,
  mostContacts: number,
): { readonly planned: readonly PlannedCase[]; readonly notPlanned: readonly NotPlanned[] } {
  const planned: PlannedCase[] = []
  const left = [...notPlanned]
  for (const one of taking) {
    const { customer, netBase, oldestDueOn } = one
    if (!sendsMessage(one.level)) {
      planned.push({ ...one, recipients: undefined, notPossible: null })
      continue
    }
    const recipients = recipientsOf.get(customer.customerId)
    const why = notPossible(recipients)
    if (recipients === undefined || why !== null) {
      planned.push({ ...one, recipients: undefined, notPossible: why })
      continue
    }
    if (!withinContacts(recipients.to, contacted, mostContacts)) {
      left.push({ customer, reason: 'tooManyContacts', onDay: null, note: recipients.to.join(', '), netBase, oldestDueOn })
      continue
    }
    for (const address of recipients.to) contacted.set(address, (contacted.get(address) ?? 0) + 1)
    planned.push({ ...one, recipients, notPossible: null })
  }
  return { planned, notPlanned: left }
}

export function sendsMessage(level: DunningLevel): boolean {
  return level.actions.some(({ kind }) => kind === 'email')
}

/** What is due or will be, less the money that is there. */
function owed({ items, unallocatedBase }: DueCustomer): bigint {
  return items.reduce((sum, { openBase }) => sum + openBase, 0n) - unallocatedBase
}
