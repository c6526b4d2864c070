/** A list that is changed choice by choice and saved whole. */
export type Choices<T> = {
  /** What the server said last: from there the next choice begins, once nothing is on its way any more. */
  saw: (stored: T) => void
  /** One more choice, on top of all before it, also of those whose answers have not come yet. They are saved one after the other. */
  change: (change: (before: T) => T) => Promise<void>
}

/** `save` rejects where the server refuses: what it said last counts again then. */
export function choices<T>(stored: T, save: (value: T) => Promise<unknown>): Choices<T> {
  let seen = stored
  let own: { readonly value: T; over: T; waiting: number } | undefined
  let last: Promise<unknown> = Promise.resolve()
  const isAhead = () => own !== undefined && (own.waiting > 0 || own.over === seen)
  const saved = () => {
    if (own === undefined) return
    own.waiting -= 1
    own.over = seen
  }
  const refused = () => {
    own = undefined
  }
  return {
    saw: (now) => {
      seen = now
    },
    change: (change) => {
      const value = change(isAhead() ? own!.value : seen)
      own = { value, over: seen, waiting: (own?.waiting ?? 0) + 1 }
      last = last.then(() => save(value)).then(saved, refused)
      return last as Promise<void>
    },
  }
}
