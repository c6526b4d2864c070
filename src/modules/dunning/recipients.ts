import { isPlainAddress } from '../messages/address.ts'
import { RECIPIENTS_MOST } from '../messages/message.ts'

export type Contact = {
  readonly name: string
  readonly email: string | null
  readonly purpose: readonly string[]
  readonly isPrimary: boolean
}
/** Whom a reminder goes to, in lower case, and how they are addressed. `isRefused`: there are addresses, and the mail server has refused every one of them. */
export type Recipients = { readonly to: readonly string[]; readonly contact: string; readonly isRefused: boolean }

/** Why a message cannot be sent at all. */
export type NotPossible = 'noAddress' | 'refused'
export function notPossible(recipients: Recipients | undefined): NotPossible | null {
  if (recipients !== undefined && recipients.to.length > 0) return null
  return recipients?.isRefused === true ? 'refused' : 'noAddress'
}

/** Days in which messages to one address are counted, today included. */
export const CONTACT_DAYS = 7

/**
 * Active contacts that are there for dunning (催收); else those for statements; else the main contact; else whoever has an address; else the customer's own address. Only plain addresses
 * count, and none that the mail server refused for good (`refused`). `to` is empty when there is none.
 */
export function recipientsOf(
  contacts: readonly Contact[],
  customer: { readonly name: string; readonly email: string | null },
  refused: ReadonlySet<string> = new Set(),
): Recipients {
  const isPlain = (email: string | null): email is string => email !== null && isPlainAddress(email.trim())
  const known = [...contacts.map(({ email }) => email), customer.email].filter(isPlain)
  const isRefused = known.length > 0 && known.every((email) => refused.has(address(email)))
  const reachable = contacts.filter(({ email }) => isPlain(email) && !refused.has(address(email)))
  const choices = [
    reachable.filter(({ purpose }) => purpose.includes('dunning')),
    reachable.filter(({ purpose }) => purpose.includes('statement')),
    reachable.filter(({ isPrimary }) => isPrimary),
    reachable.slice(0, 1),
  ]
  const chosen = choices.find((found) => found.length > 0)
  if (chosen !== undefined)
    return { to: [...new Set(chosen.map(({ email }) => address(email!)))].slice(0, RECIPIENTS_MOST), contact: chosen[0]!.name, isRefused }
  const own = isPlain(customer.email) && !refused.has(address(customer.email)) ? [address(customer.email)] : []
  return { to: own, contact: customer.name, isRefused }
}

/** Whether each of the addresses may have one more message. */
export function withinContacts(to: readonly string[], contacted: ReadonlyMap<string, number>, most: number): boolean {
  return to.every((one) => (contacted.get(one) ?? 0) < most)
}

function address(text: string): string {
  return text.trim().toLowerCase()
}
