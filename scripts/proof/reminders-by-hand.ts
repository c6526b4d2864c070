import { between, isRest, plus } from './hand-days.ts'
import {
  type Begun,
  caseOver,
  cutTo,
  hadOf,
  type Memory,
  memoryOf,
  type Named,
  rememberLevel,
  rememberWithheld,
  standingOf,
} from './hand-memory.ts'

/**
 * Whom a company reminds on a day, reckoned from the words of the rule (docs/manual, DECISIONS.md) over plain rows: loops over lists, no word of the program's own rule. It keeps its own memory of
 * how far every customer has come. `broken` takes one sentence of the rule away: the proof must then differ.
 */
export type Books = {
  readonly customers: readonly {
    id: string
    code: string
    name: string
    class: string | null
    status: string
    email: string | null
  }[]
  readonly contacts: readonly { customer: string; email: string | null; purpose: string[]; main: boolean; status: string }[]
  readonly receivables: readonly {
    id: string
    no: string
    customer: string
    due: string
    currency: string
    open: string
    base: string
    disputed: boolean
    voided: boolean
  }[]
  readonly money: readonly { customer: string; left: string }[]
  readonly blocks: readonly { customer: string; receivable: string | null; until: string | null }[]
  readonly ladders: readonly { id: string; standard: boolean; status: string; classes: string[] }[]
  readonly versions: readonly { ladder: string; no: number; from: string; content: Ladder }[]
  readonly assigned: readonly { customer: string; ladder: string }[]
}
type Level = {
  readonly name: string
  readonly days: number
  readonly minimumMinor: string
  readonly actions: readonly { readonly kind: string; readonly template?: string }[]
  readonly repeat?: { readonly everyDays: number; readonly most: number } | null
}
type Ladder = { readonly leastDaysBetween: number; readonly levels: readonly Level[] }

/** A level that was taken. `names`: receivables; `to` is empty where no message can be sent or none belongs to the level. */
export type Taken = {
  readonly customer: string
  readonly level: number
  readonly turn: number
  readonly kinds: readonly string[]
  readonly template: string | undefined
  readonly minimum: bigint
  readonly isEarly: boolean
  readonly names: readonly string[]
  readonly to: readonly string[]
}
/** A message as it must arrive. */
export type Mail = {
  readonly customer: string
  readonly level: number
  readonly turn: number
  readonly template: string
  readonly to: readonly string[]
  readonly nos: readonly string[]
  readonly totals: readonly string[]
}

export const brokenRules = ['aDayLater', 'noRestDays', 'disputedToo', 'moneyIgnored', 'noMinimum', 'noContactLimit', 'neverAgain', 'highestAtOnce', 'noSecondLook', 'pausedToo', 'withheldCounts', 'disputeKeepsCase', 'shortEnds'] as const // biome-ignore format: one line
export type BrokenRule = (typeof brokenRules)[number]

const CONTACTS_IN_SEVEN_DAYS = 2
/** What whoever reckons remembers. `refusing`: addresses that the mail server does not know from a day on; `written`: messages of the last days; `refused`: `customer address`. */
type Hand = {
  readonly memory: Map<string, Memory>
  /** By receivable: how far the case had come that ended while it was disputed or paused. */
  readonly had: Map<string, Named>
  readonly written: { on: string; to: readonly string[]; customer: string }[]
  readonly refused: Set<string>
  readonly refusing: ReadonlyMap<string, string>
  readonly broken: BrokenRule | undefined
}
type Customer = Books['customers'][number]
type Item = Books['receivables'][number]

export function beginByHand(begun: readonly Begun[], refusing: ReadonlyMap<string, string>, broken?: BrokenRule): Hand {
  return { ...memoryOf(begun), written: [], refused: new Set(), refusing, broken }
}

/** The day's run: every customer in the order of their ids. */
export function runByHand(hand: Hand, on: string, books: Books): Taken[] {
  if (isRest(on) && hand.broken !== 'noRestDays') return []
  return books.customers
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((customer) => {
      const found = judge(hand, customer, on, books)
      if (found === undefined) return []
      remember(hand, found, on)
      return [found]
    })
}

/** What arrives when the outbox is sent, after a second look at the books. */
export function sendByHand(hand: Hand, on: string, taken: readonly Taken[], books: Books): Mail[] {
  return taken.flatMap((one) => {
    if (one.to.length === 0) return []
    const mail = secondLook(hand, one, on, books)
    const isLater = mail === 'later' || (mail !== 'never' && mail.to.length === 0)
    if (isLater && hand.broken !== 'withheldCounts') rememberWithheld(hand, one)
    const to = typeof mail === 'string' ? [] : mail.to
    const reached = to.filter((address) => (hand.refusing.get(address) ?? '9999') > on)
    if (typeof mail !== 'string' && reached.length > 0) return [{ ...mail, to: reached }]
    for (const address of to) hand.refused.add(`${one.customer} ${address}`)
    const place = hand.written.findIndex((entry) => entry.on === on && entry.customer === one.customer)
    hand.written.splice(place, 1)
    return []
  })
}

function dayFor({ broken }: Hand, level: Level, due: string): string {
  let on = plus(due, level.days + (broken === 'aDayLater' && level.days > 0 ? 1 : 0))
  while (broken !== 'noRestDays' && isRest(on)) on = plus(on, level.days > 0 ? 1 : -1)
  return on
}

function judge(hand: Hand, customer: Customer, on: string, books: Books): Taken | undefined {
  const ladder = customer.status === 'merged' ? undefined : ladderOf(customer, on, books)
  if (ladder === undefined) return undefined
  const due = dueItems(hand, customer, on, books)
  const late = due.filter((one) => one.due < on)
  const first = late.length > 0 ? late : due
  const known = hand.memory.get(customer.id) ?? standingOf(hand, first)
  const state = hand.broken === 'shortEnds' ? known : cutTo(known, ladder.levels.length)
  if (due.length === 0 || (state !== undefined && state.last >= on)) return undefined
  const next = nextLevel(hand, ladder, state, first, on)
  if (next === undefined) return undefined
  const level = ladder.levels[next.at]!
  const oldest = next.about.map((one) => one.due).sort()[0]!
  if (dayFor(hand, level, oldest) > on || !isFarEnough(hand, ladder, state, next, oldest, on)) return undefined
  const what = level.days > 0 ? next.about : next.about.filter((one) => dayFor(hand, level, one.due) <= on)
  const net = what.reduce((sum, one) => sum + BigInt(one.base), 0n) - moneyOf(hand, customer.id, books)
  const minimum = BigInt(level.minimumMinor)
  if (net <= 0n || (net < minimum && hand.broken !== 'noMinimum')) return undefined
  const template = level.actions.find(({ kind }) => kind === 'email')?.template
  const to = template === undefined ? [] : addressesOf(hand, customer, books)
  if (hand.broken !== 'noContactLimit' && to.some((address) => contacts(hand, address, on) >= CONTACTS_IN_SEVEN_DAYS)) return undefined
  const kinds = next.isAgain ? ['email'] : level.actions.map(({ kind }) => kind).sort()
  return { customer: customer.id, level: next.at + 1, turn: next.turn, kinds, template, minimum, isEarly: level.days <= 0, names: what.map((one) => one.id), to } // biome-ignore format: one line
}

function remember(hand: Hand, { customer, level, turn, names, to }: Taken, on: string): void {
  if (to.length > 0) hand.written.push({ on, to, customer })
  rememberLevel(hand, customer, { level, turn, on, isVoid: false }, names)
}

/**
 * What may be chased. A case of which nothing that it ever named is open is over, and so is one of which all that is open is disputed or paused while something else is to be chased; who is
 * paused as a whole owes nothing that may be chased.
 */
function dueItems(hand: Hand, customer: Customer, on: string, books: Books): Item[] {
  const { broken } = hand
  const own = books.receivables.filter((one) => one.customer === customer.id && one.open !== '0')
  const pauses = broken === 'pausedToo' ? [] : pausesOf(customer.id, on, books)
  const chased = own.filter(
    (one) => !one.voided && (!one.disputed || broken === 'disputedToo') && !pauses.some((pause) => pause.receivable === one.id),
  )
  const elsewhere = broken === 'disputeKeepsCase' ? [] : chased.filter((one) => isInSight(hand, one, on, books))
  caseOver(hand, customer.id, own, chased, elsewhere.length > 0)
  return pauses.some((one) => one.receivable === null) ? [] : chased
}

/** The day of some level of some ladder has come for it. */
function isInSight(hand: Hand, item: Item, on: string, books: Books): boolean {
  return books.versions
    .filter(
      (one) => one.from <= on && !books.versions.some((later) => later.ladder === one.ladder && later.from <= on && later.no > one.no),
    )
    .some(({ content }) => content.levels.some((level) => dayFor(hand, level, item.due) <= on))
}

function pausesOf(customer: string, on: string, books: Books): Books['blocks'] {
  return books.blocks.filter((one) => one.customer === customer && (one.until === null || one.until >= on))
}

type Next = { readonly at: number; readonly turn: number; readonly isAgain: boolean; readonly about: readonly Item[] }

/** `first`: what is overdue; where nothing is, what is due soon. A level does not name again what it named before a dispute. */
function nextLevel(hand: Hand, ladder: Ladder, state: Memory | undefined, first: readonly Item[], on: string): Next | undefined {
  const reached = state?.level ?? 0
  let found: Next | undefined
  for (let at = Math.max(0, reached - 1); at < ladder.levels.length; at += 1) {
    const level = ladder.levels[at]!
    const isAgain = at === reached - 1 && state?.isWithheld === true && level.actions.some(({ kind }) => kind === 'email')
    const about = first.filter((one) => (hadOf(hand, one.id)?.level ?? 0) < at + 1)
    if ((at < reached && !isAgain) || (level.days <= 0 && first.some((one) => one.due < on)) || about.length === 0) continue
    const next = { at, turn: isAgain ? state!.turn + 1 : 1, isAgain, about }
    found ??= next
    const oldest = about.map((one) => one.due).sort()[0]!
    if (hand.broken === 'highestAtOnce' && level.days > 0 && dayFor(hand, level, oldest) <= on) found = next
  }
  if (found !== undefined) return found
  const repeat = ladder.levels.at(-1)?.repeat ?? undefined
  if (state === undefined || repeat === undefined || hand.broken === 'neverAgain') return undefined
  const isLeft = reached === ladder.levels.length && state.turn - state.withheld < 1 + repeat.most
  return isLeft ? { at: reached - 1, turn: state.turn + 1, isAgain: false, about: first } : undefined
}

function isFarEnough(hand: Hand, ladder: Ladder, state: Memory | undefined, next: Next, oldest: string, on: string): boolean {
  if (state === undefined) return true
  const gone = between(state.last, on)
  const level = ladder.levels[next.at]!
  if (next.isAgain) return gone >= 1
  if (next.turn > 1) return gone >= level.repeat!.everyDays
  const before = ladder.levels[state.level - 1]
  const apart = before === undefined ? ladder.leastDaysBetween : between(dayFor(hand, before, oldest), dayFor(hand, level, oldest))
  return gone >= Math.max(1, Math.min(ladder.leastDaysBetween, apart))
}

function moneyOf({ broken }: Hand, customer: string, books: Books): bigint {
  if (broken === 'moneyIgnored') return 0n
  return books.money.filter((one) => one.customer === customer).reduce((sum, one) => sum + BigInt(one.left), 0n)
}

function contacts({ written }: Hand, address: string, on: string): number {
  return written.filter((one) => one.to.includes(address) && between(one.on, on) < 7).length
}

function addressesOf({ refused }: Hand, customer: Customer, books: Books): string[] {
  const isGood = (email: string | null): email is string =>
    email?.includes('@') === true && !refused.has(`${customer.id} ${email.trim().toLowerCase()}`)
  const people = books.contacts.filter((one) => one.customer === customer.id && one.status === 'active' && isGood(one.email))
  const first = [
    people.filter((one) => one.purpose.includes('dunning')),
    people.filter((one) => one.purpose.includes('statement')),
    people.filter((one) => one.main),
    people.slice(0, 1),
  ].find((some) => some.length > 0)
  const emails = first?.map((one) => one.email!) ?? (isGood(customer.email) ? [customer.email] : [])
  return [...new Set(emails.map((email) => email.trim().toLowerCase()))]
}

/**
 * What was paid, disputed or paused since the run is not named; nothing is sent when nothing is left, or too little. When everything was paid, it never is; else the level comes once more
 * when it is judged so on a later day.
 */
function secondLook(hand: Hand, one: Taken, on: string, books: Books): Mail | 'never' | 'later' {
  const named = books.receivables.filter((item) => one.names.includes(item.id))
  const pauses = pausesOf(one.customer, on, books)
  const isIn = (item: Item): boolean =>
    item.open !== '0' &&
    !item.voided &&
    !item.disputed &&
    !pauses.some((pause) => pause.receivable === item.id) &&
    (one.isEarly || item.due < on)
  const isBlind = hand.broken === 'noSecondLook'
  const left = isBlind ? named : named.filter(isIn)
  const net = left.reduce((sum, item) => sum + BigInt(item.base), 0n) - moneyOf(hand, one.customer, books)
  const isOff = left.length === 0 || net <= 0n || net < one.minimum || pauses.some((pause) => pause.receivable === null)
  const isPaid = left.length === 0 && named.every((item) => item.open === '0') && !pauses.some((pause) => pause.receivable === null)
  if (isOff && !isBlind) return isPaid ? 'never' : 'later'
  const customer = books.customers.find(({ id }) => id === one.customer)!
  const sums = new Map<string, bigint>()
  for (const item of left) sums.set(item.currency, (sums.get(item.currency) ?? 0n) + BigInt(item.open))
  const totals = [...sums].map(([currency, sum]) => `${spoken(sum)} ${currency}`).sort()
  const nos = left.map((item) => item.no).sort()
  return { customer: one.customer, level: one.level, turn: one.turn, template: one.template!, to: addressesOf(hand, customer, books), nos, totals } // biome-ignore format: one line
}

function ladderOf(customer: Books['customers'][number], on: string, books: Books): Ladder | undefined {
  const live = (id: string): Ladder | undefined =>
    books.versions.filter((one) => one.ladder === id && one.from <= on).toSorted((a, b) => b.no - a.no)[0]?.content
  const usable = books.ladders.filter((one) => one.status === 'active' && live(one.id) !== undefined)
  const own = usable.find((one) => books.assigned.some((row) => row.customer === customer.id && row.ladder === one.id))
  const ofClass = usable.find((one) => !one.standard && customer.class !== null && one.classes.includes(customer.class))
  const found = own ?? ofClass ?? usable.find((one) => one.standard)
  return found === undefined ? undefined : live(found.id)
}

/** '1,234,567.80'; all currencies of the demo company have two decimals. */
function spoken(minor: bigint): string {
  const text = String(minor).padStart(3, '0')
  return `${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${text.slice(-2)}`
}
