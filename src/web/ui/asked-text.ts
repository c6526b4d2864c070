/** What the address says of a search field, and what the field asked it to say and has not heard back yet, oldest first. */
export type AskedText = { readonly value: string; readonly pending: readonly string[] }

/** The address has changed. `isOwn`: it is the answer to an own asking, so letters typed since then stay; else what is being typed gives way. */
export function heard(before: AskedText, value: string): AskedText & { readonly isOwn: boolean } {
  const at = before.pending.indexOf(value)
  return { value, pending: at === -1 ? [] : before.pending.slice(at + 1), isOwn: at !== -1 }
}
