import { RECIPIENTS_MOST } from './message.ts'

/** Longest address that SMTP carries (RFC 5321, 4.5.3.1.3). */
const ADDRESS_MOST = 254
const LOCAL_MOST = 64
const ADDRESS =
  /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)$/

/**
 * Whether this is one plain e-mail address that a message may be sent to: `local@domain.tld` in ASCII. Quoted local parts, groups, comments, lists, spaces, control
 * characters and letters that look like others are refused, because two programs may read them as two different recipients. An international domain is written in its
 * xn-- form.
 */
export function isPlainAddress(text: string): boolean {
  if (text.length > ADDRESS_MOST) return false
  const found = ADDRESS.exec(text)
  return found !== null && found[1]!.length <= LOCAL_MOST && !/^\d+$/.test(found[2]!.slice(found[2]!.lastIndexOf('.') + 1))
}

/** Whether one message may go to these: at least one address, few enough, and each of them plain. */
export function areRecipients(to: readonly string[]): boolean {
  return to.length > 0 && to.length <= RECIPIENTS_MOST && to.every(isPlainAddress)
}
