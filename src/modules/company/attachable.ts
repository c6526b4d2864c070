/** What files can be attached to, and who may. The document itself must be visible to them. */
export const attachable = ['customer', 'order', 'receivable', 'receipt'] as const
export type Attachable = (typeof attachable)[number]

export const attachmentRights: Readonly<Record<Attachable, { readonly view: string; readonly edit: string }>> = {
  customer: { view: 'customers.view', edit: 'customers.edit' },
  order: { view: 'orders.view', edit: 'orders.edit' },
  receivable: { view: 'receivables.view', edit: 'receivables.open' },
  receipt: { view: 'receipts.view', edit: 'receipts.record' },
}

export const ATTACHMENT_BYTES_MOST = 10 * 1024 * 1024
const NAME_MOST = 150

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const UNSHOWN = /[\u0000-\u001f\u007f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A file's name is words to show, never a place: no path, no control characters, nothing that turns the reading direction. */
export function shownFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1)!
  const plain = last.replace(UNSHOWN, '').replace(/^\.+/, '').trim()
  return plain === '' ? 'file' : [...plain].slice(-NAME_MOST).join('')
}

const SIGNS: readonly (readonly [type: string, at: number, bytes: readonly number[]])[] = [
  ['application/pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['application/zip', 0, [0x50, 0x4b, 0x03, 0x04]],
]
const OFFICE: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ofd: 'application/ofd',
}

/** The type by what the file begins with, never by what its sender says; undefined for what is not accepted (programs, HTML, SVG). */
export function sniffedType(content: Uint8Array, name: string): string | undefined {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = SIGNS.find(([, at, bytes]) => bytes.every((byte, index) => content[at + index] === byte))?.[0]
  if (found === 'application/zip') return OFFICE[ending]
  if (found !== undefined) return found
  return ['csv', 'txt'].includes(ending) && !content.subarray(0, 64 * 1024).includes(0) ? 'text/plain' : undefined
}
