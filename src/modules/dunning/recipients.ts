import { isPlainAddress } from '../messages/address.ts'
import { RECIPIENTS_MOST } from '../messages/message.ts'

export type Contact = {
  readonly name: string
  readonly email: string | null
  readonly purpose: readonly string[]
  readonly isPrimary: boolean
}
/** Whom a reminder goes to, in lower case, and how they are addressed. */
export type Recipients = { readonly to: readonly string[]; readonly contact: string }

/** Days in which messages to one address are counted, today included. */
export const CONTACT_DAYS = 7

/**
 * Active contacts that are there for dunning (催收); else those for statements; else the main contact; else whoever has an address; else the customer's own address. Only plain addresses
 * count. `to` is empty when there is none.
 */
export function recipientsOf(contacts: readonly Contact[], customer: { readonly name: string; readonly email: string | null }): Recipients {
  const reachable = contacts.filter(({ email }) => email !== null && isPlainAddress(email.trim()))
  const choices = [
    reachable.filter(({ purpose }) => purpose.includes('dunning')),
    reachable.filter(({ purpose }) => purpose.includes('statement')),
    reachable.filter(({ isPrimary }) => isPrimary),
    reachable.slice(0, 1),
  ]
  const chosen = choices.find((found) => found.length > 0)
  if (chosen !== undefined)
    return { to: [...new Set(chosen.map(({ email }) => address(email!)))].slice(0, RECIPIENTS_MOST), contact: chosen[0]!.name }
  const own = customer.email !== null && isPlainAddress(customer.email.trim()) ? [address(customer.email)] : []
  return { to: own, contact: customer.name }
}

/** Whether each of the addresses may have one more message. */
export function withinContacts(to: readonly string[], contacted: ReadonlyMap<string, number>, most: number): boolean {
  return to.every((one) => (contacted.get(one) ?? 0) < most)
}

function address(text: string): string {
  return text.trim().toLowerCase()
}
