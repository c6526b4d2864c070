import { type Issue, Problem } from '../../kernel/problem.ts'
import { namesIn, readTemplate } from '../messages/logic-less.ts'

/** What the text of a reminder may name as {{field}}: ready to read in the message's language. Amounts of several currencies stand side by side, never added. */
export const templateFields = ['company', 'customer', 'contact', 'today', 'count', 'total', 'oldestDueOn', 'overdueDays', 'salesperson', 'salespersonPhone'] as const // biome-ignore format: one line
/** Where the list of amounts goes: on a line of its own. */
export const ITEMS = '{{items}}'

/** A text as a company writes it. */
export type TemplateText = { readonly subject: string; readonly body: string }

/** The body before and after its list of amounts; undefined unless the list stands there exactly once, on a line of its own. */
export function splitBody(body: string): { readonly before: string; readonly after: string } | undefined {
  const lines = body.split('\n')
  const places = lines.flatMap((line, index) => (line.trim() === ITEMS ? [index] : []))
  const place = places.length === 1 ? places[0]! : undefined
  if (place === undefined) return undefined
  return { before: lines.slice(0, place).join('\n').trim(), after: lines.slice(place + 1).join('\n').trim() } // biome-ignore format: one line
}

/** Everything that is wrong with a text: fields that do not exist, by name; pieces that are not understood; a missing list. */
export function templateIssues({ subject, body }: TemplateText): Issue[] {
  const parts = splitBody(body)
  if (parts === undefined) return [{ path: 'body', code: 'dunning.itemsMissing', params: { form: ITEMS } }]
  return [
    ...textIssues('subject', subject),
    ...textIssues('body', parts.before),
    ...(parts.after === '' ? [] : textIssues('body', parts.after)),
  ]
}

function textIssues(path: string, text: string): Issue[] {
  try {
    const unknown = namesIn(readTemplate(text)).filter((name) => !(templateFields as readonly string[]).includes(name))
    const known = templateFields.join(', ')
    return unknown.map((field) => ({ path, code: 'dunning.unknownField', params: { field, known } }))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ path, code: error.code, params: error.params as Readonly<Record<string, string | number>> }]
  }
}
