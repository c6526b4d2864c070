import { useNavigate, useSearch } from '@tanstack/react-router'

/** Text, or a list of texts where several may be chosen. Every filter is text: the address carries nothing else. */
export type FilterValues = Record<string, string | readonly string[]>

export type Filters<Values extends FilterValues> = {
  values: Values
  set: (change: Partial<Values>) => void
  clear: () => void
  /** Names of the filters that differ from their default, without `sort` and `tab`. */
  active: readonly (keyof Values & string)[]
}

/**
 * Filters that live in the address, so that a list can be sent as a link and the back button works. `defaults` names every filter; what
 * equals its default is left out of the address.
 */
export function useFilters<const Defaults extends FilterValues>(defaults: Defaults): Filters<Widened<Defaults>> {
  type Values = Widened<Defaults>
  const search = useSearch({ strict: false }) as Record<string, string | string[] | undefined>
  const navigate = useNavigate()
  const names = Object.keys(defaults)
  const values = Object.fromEntries(names.map((name) => [name, readFilter(search[name], defaults[name]!)])) as Values
  const go = (next: FilterValues) => {
    const kept = names.flatMap((name) => (same(next[name]!, defaults[name]!) ? [] : [[name, next[name]!] as const]))
    void navigate({ to: '.', search: Object.fromEntries(kept) as never, replace: true })
  }
  return {
    values,
    set: (change) => go({ ...values, ...change } as FilterValues),
    clear: () => go(defaults),
    active: names.filter((name) => !NOT_FILTERS.has(name) && !same(values[name]!, defaults[name]!)),
  }
}

export type Widened<Defaults extends FilterValues> = {
  [Name in keyof Defaults]: Defaults[Name] extends string ? string : readonly string[]
}

/** These live in the address too but hide nothing. */
const NOT_FILTERS = new Set(['sort', 'tab'])

/** A list stays a list when the address names one value only, and a text stays a text when it names two. */
function readFilter(found: string | string[] | undefined, otherwise: string | readonly string[]): string | readonly string[] {
  if (found === undefined) return otherwise
  if (typeof otherwise !== 'string') return [found].flat()
  return [found].flat()[0] ?? otherwise
}

function same(a: string | readonly string[], b: string | readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
