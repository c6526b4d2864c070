import type { TakenMail } from '../../test/harness/smtp-sink.ts'

/** What a person sees who gets a message: subject and plain text, decoded as mail programs do (RFC 2045, 2047). */
export function readMail({ raw }: TakenMail): { readonly subject: string; readonly text: string } {
  const { headers, body } = partOf(raw)
  return { subject: words(headers.get('subject') ?? ''), text: textOf(headers, body) }
}

type Headers = ReadonlyMap<string, string>

function partOf(raw: string): { headers: Headers; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n') // biome-ignore format: one line
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  return { headers, body: raw.slice(end + 4) }
}

/** The first text/plain part, whole. */
function textOf(headers: Headers, body: string): string {
  const type = headers.get('content-type') ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary !== undefined) {
    const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => partOf(part.replace(/^\r\n/, ''))) // biome-ignore format: one line
    return parts.map((part) => textOf(part.headers, part.body)).find((text) => text !== '') ?? ''
  }
  if (!type.toLowerCase().startsWith('text/plain')) return ''
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body
}

function quoted(text: string): string {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text[at] === '=' ? Number.parseInt(text.slice(at + 1, at + 3), 16) : Number.NaN
    if (Number.isNaN(code)) bytes.push(text.charCodeAt(at))
    else {
      bytes.push(code)
      at += 2
    }
  }
  return Buffer.from(bytes).toString('utf8')
}

/** =?UTF-8?B?…?= and =?UTF-8?Q?…?=; between two of them white space is nothing. */
function words(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, said: string) =>
      how.toLowerCase() === 'b' ? Buffer.from(said, 'base64').toString('binary') : binary(said.replace(/_/g, ' ')),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'binary').toString('utf8'))
}
function binary(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
