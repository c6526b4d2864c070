/** A telephone number, account or e-mail address for eyes that may not see all of it: enough to recognise, not enough to use. */
export function masked(text: string): string
export function masked(text: string | null): string | null
export function masked(text: string | null): string | null {
  if (text === null || text === '') return text
  const at = text.indexOf('@')
  if (at > 0) return `${text[0]}***${text.slice(at)}`
  return text.length <= 4 ? '****' : `${'*'.repeat(Math.min(text.length - 4, 8))}${text.slice(-4)}`
}
