/** A level that named a receivable; `isVoid`: its message was withheld, so it does not count. */
export type Named = { readonly level: number; readonly turn: number; readonly on: string; isVoid: boolean }
/** How far a customer had come when the proof began. `isOver`: in a case that ended without what it names, because that was disputed or paused. */
export type Begun = {
  readonly customer: string
  readonly isOver: boolean
  readonly level: number
  readonly turn: number
  readonly last: string
  readonly withheld: number
  readonly isWithheld: boolean
  readonly named: readonly (Named & { readonly receivable: string })[]
}
/** `withheld`: turns of the level whose message was withheld for a reason that passes; `isWithheld`: that of the last one was. */
export type Memory = {
  level: number
  turn: number
  last: string
  withheld: number
  isWithheld: boolean
  readonly named: Map<string, Named[]>
}
type Memories = { readonly memory: Map<string, Memory>; readonly had: Map<string, Named> }

export function memoryOf(begun: readonly Begun[]): Memories {
  const memories: Memories = { memory: new Map(), had: new Map() }
  for (const { customer, isOver, named, level, turn, last, withheld, isWithheld } of begun) {
    const byItem = Map.groupBy(named, ({ receivable }) => receivable)
    if (isOver) for (const [id, times] of byItem) keepFurthest(memories, id, times)
    else memories.memory.set(customer, { level, turn, last, withheld, isWithheld, named: byItem })
  }
  return memories
}

export function rememberLevel({ memory }: Memories, customer: string, taken: Named, names: readonly string[]): void {
  const before = memory.get(customer)
  const named = before?.named ?? new Map<string, Named[]>()
  for (const id of names) named.set(id, [...(named.get(id) ?? []), { ...taken }])
  const withheld = before?.level === taken.level ? before.withheld : 0
  // a case that has come further than its ladder has levels now does not fall back by it
  const reached = before !== undefined && before.level > taken.level ? before : { ...taken, withheld, isWithheld: false }
  memory.set(customer, {
    level: reached.level,
    turn: reached.turn,
    withheld: reached.withheld,
    isWithheld: reached.isWithheld,
    last: taken.on,
    named,
  })
}

/** A case that has come further than its ladder has levels now goes on at the highest that remains, after the turns of it that it has had. */
export function cutTo(state: Memory | undefined, levels: number): Memory | undefined {
  if (state === undefined || state.level <= levels) return state
  const had = [...state.named.values()].flat().filter(({ level }) => level === levels)
  const turn = had.reduce((most, one) => Math.max(most, one.turn), 1)
  const withheld = new Set(had.filter(({ isVoid }) => isVoid).map((one) => one.turn))
  return { ...state, level: levels, turn, withheld: withheld.size, isWithheld: withheld.has(turn) }
}

export function rememberWithheld(
  { memory }: Memories,
  { customer, level, turn }: { readonly customer: string; readonly level: number; readonly turn: number },
): void {
  const found = memory.get(customer)
  if (found === undefined) return
  if (found.level === level) {
    found.withheld += 1
    found.isWithheld = true
  }
  for (const times of found.named.values()) for (const one of times) if (one.level === level && one.turn === turn) one.isVoid = true
}

type OpenItem = { readonly id: string }
/** Forgets a case that is over; how far it had come with what is left of it is kept. `own`: open; `chased`: of that, neither disputed nor paused. */
export function caseOver(
  memories: Memories,
  customer: string,
  own: readonly OpenItem[],
  chased: readonly OpenItem[],
  isElse: boolean,
): void {
  const named = memories.memory.get(customer)?.named
  if (named === undefined || chased.some(({ id }) => named.has(id))) return
  const left = own.filter(({ id }) => named.has(id))
  if (left.length > 0 && !isElse) return
  for (const { id } of left) keepFurthest(memories, id, named.get(id)!)
  memories.memory.delete(customer)
}

export function hadOf({ had }: Memories, receivable: string): Named | undefined {
  return had.get(receivable)
}

/** Where a new case begins of which everything has been named before: with what had come least far. */
export function standingOf({ had }: Memories, first: readonly OpenItem[]): Memory | undefined {
  const known = first.flatMap(({ id }) => had.get(id) ?? [])
  if (known.length < first.length || known.length === 0) return undefined
  const { level, turn, on } = known.toSorted((a, b) => a.level - b.level || a.turn - b.turn)[0]!
  return { level, turn, last: on, withheld: 0, isWithheld: false, named: new Map() }
}

function keepFurthest({ had }: Memories, receivable: string, times: readonly Named[]): void {
  const before = had.get(receivable)
  const all = [...(before === undefined ? [] : [before]), ...times.filter(({ isVoid }) => !isVoid)]
  const furthest = all.toSorted((a, b) => b.level - a.level || b.turn - a.turn)[0]
  if (furthest !== undefined) had.set(receivable, furthest)
}
