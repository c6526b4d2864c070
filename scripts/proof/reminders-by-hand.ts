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

/** How far a customer had come when the proof began. */
export type Begun = {
  readonly customer: string
  readonly level: number
  readonly turn: number
  readonly last: string
  readonly named: readonly string[]
}
type Memory = { level: number; turn: number; last: string; named: Set<string> }

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

export const brokenRules = ['aDayLater', 'noRestDays', 'disputedToo', 'moneyIgnored', 'noMinimum', 'noContactLimit', 'neverAgain', 'highestAtOnce', 'noSecondLook', 'pausedToo'] as const // biome-ignore format: one line
export type BrokenRule = (typeof brokenRules)[number]

const CONTACTS_IN_SEVEN_DAYS = 2
/** The arrangement of the State Council for the autumn of 2026, written off by hand. */
const RESTS = ['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'] // biome-ignore format: one line
const WORKED = ['2026-09-20', '2026-10-10']

export function isRest(on: string): boolean {
  if (WORKED.includes(on)) return false
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  return RESTS.includes(on) || weekday === 0 || weekday === 6
}
export function plus(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
function between(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
}

/** What whoever reckons remembers. `refusing`: addresses that the mail server does not know from a day on; `written`: messages of the last days; `refused`: `customer address`. */
type Hand = {
  readonly memory: Map<string, Memory>
  readonly written: { on: string; to: readonly string[]; customer: string }[]
  readonly refused: Set<string>
  readonly refusing: ReadonlyMap<string, string>
  readonly broken: BrokenRule | undefined
}
type Customer = Books['customers'][number]
type Item = Books['receivables'][number]

export function beginByHand(begun: readonly Begun[], refusing: ReadonlyMap<string, string>, broken?: BrokenRule): Hand {
  const memory = new Map(begun.map(({ customer, named, ...rest }): [string, Memory] => [customer, { ...rest, named: new Set(named) }]))
  return { memory, written: [], refused: new Set(), refusing, broken }
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
    const reached = mail?.to.filter((address) => (hand.refusing.get(address) ?? '9999') > on) ?? []
    if (mail !== undefined && reached.length > 0) return [{ ...mail, to: reached }]
    for (const address of mail?.to ?? []) hand.refused.add(`${one.customer} ${address}`)
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
  const state = hand.memory.get(customer.id)
  if (due.length === 0 || (state !== undefined && state.last >= on)) return undefined
  const late = due.filter((one) => one.due < on)
  const oldest = (late.length > 0 ? late : due).map((one) => one.due).sort()[0]!
  const next = nextLevel(hand, ladder, state, late.length > 0, oldest, on)
  if (next === undefined) return undefined
  const level = ladder.levels[next.at]!
  if (dayFor(hand, level, oldest) > on || !isFarEnough(hand, ladder, state, next, oldest, on)) return undefined
  const what = level.days > 0 ? late : due.filter((one) => dayFor(hand, level, one.due) <= on)
  const net = what.reduce((sum, one) => sum + BigInt(one.base), 0n) - moneyOf(hand, customer.id, books)
  const minimum = BigInt(level.minimumMinor)
  if (net <= 0n || (net < minimum && hand.broken !== 'noMinimum')) return undefined
  const template = level.actions.find(({ kind }) => kind === 'email')?.template
  const to = template === undefined ? [] : addressesOf(hand, customer, books)
  if (hand.broken !== 'noContactLimit' && to.some((address) => contacts(hand, address, on) >= CONTACTS_IN_SEVEN_DAYS)) return undefined
  const kinds = level.actions.map(({ kind }) => kind).sort()
  return { customer: customer.id, level: next.at + 1, turn: next.turn, kinds, template, minimum, isEarly: level.days <= 0, names: what.map((one) => one.id), to } // biome-ignore format: one line
}

function remember({ memory, written }: Hand, { customer, level, turn, names, to }: Taken, on: string): void {
  if (to.length > 0) written.push({ on, to, customer })
  const named = new Set([...(memory.get(customer)?.named ?? []), ...names])
  memory.set(customer, { level, turn, last: on, named })
}

/** What may be chased. A case of which nothing that it ever named is open is over; who is paused as a whole owes nothing that may be chased. */
function dueItems({ memory, broken }: Hand, customer: Customer, on: string, books: Books): Item[] {
  const own = books.receivables.filter((one) => one.customer === customer.id && one.open !== '0')
  const named = memory.get(customer.id)?.named
  if (named !== undefined && !own.some((one) => named.has(one.id))) memory.delete(customer.id)
  const pauses = broken === 'pausedToo' ? [] : pausesOf(customer.id, on, books)
  if (pauses.some((one) => one.receivable === null)) return []
  return own.filter(
    (one) => !one.voided && (!one.disputed || broken === 'disputedToo') && !pauses.some((pause) => pause.receivable === one.id),
  )
}

function pausesOf(customer: string, on: string, books: Books): Books['blocks'] {
  return books.blocks.filter((one) => one.customer === customer && (one.until === null || one.until >= on))
}

type Next = { readonly at: number; readonly turn: number }

function nextLevel(hand: Hand, ladder: Ladder, state: Memory | undefined, isLate: boolean, oldest: string, on: string): Next | undefined {
  const reached = state?.level ?? 0
  let found: number | undefined
  for (let at = reached; at < ladder.levels.length; at += 1) {
    const level = ladder.levels[at]!
    if (level.days <= 0 && isLate) continue
    if (found === undefined) found = at
    if (hand.broken === 'highestAtOnce' && level.days > 0 && dayFor(hand, level, oldest) <= on) found = at
  }
  if (found !== undefined) return { at: found, turn: 1 }
  const repeat = ladder.levels.at(-1)?.repeat ?? undefined
  if (state === undefined || repeat === undefined || hand.broken === 'neverAgain') return undefined
  return reached === ladder.levels.length && state.turn < 1 + repeat.most ? { at: reached - 1, turn: state.turn + 1 } : undefined
}

function isFarEnough(hand: Hand, ladder: Ladder, state: Memory | undefined, next: Next, oldest: string, on: string): boolean {
  if (state === undefined) return true
  const gone = between(state.last, on)
  const level = ladder.levels[next.at]!
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

/** What was paid, disputed or paused since the run is not named; nothing is sent when nothing is left, or too little. */
function secondLook(hand: Hand, one: Taken, on: string, books: Books): Mail | undefined {
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
  if (isOff && !isBlind) return undefined
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
