type Comparable = { readonly name: string; readonly actions: readonly { readonly kind: string }[] }

/** Which live level each drafted one comes from: the one of its name, else the next one left that does the same; undefined = new. */
export function originsOf<L extends Comparable, D extends Comparable>(live: readonly L[], draft: readonly D[]): (L | undefined)[] {
  const free = new Set(live)
  const take = (found: L | undefined): L | undefined => {
    if (found) free.delete(found)
    return found
  }
  const byName = draft.map((level) => take([...free].find(({ name }) => name === level.name)))
  return draft.map((level, index) => byName[index] ?? take([...free].find((one) => kindsOf(one) === kindsOf(level))))
}

function kindsOf(level: Comparable): string {
  return level.actions.map(({ kind }) => kind).join(' ')
}
