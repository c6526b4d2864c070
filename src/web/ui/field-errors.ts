import type { ApiIssue } from '../api-problem.ts'

export type FieldName = (string | number)[]

/** 'lines.0.quantity' → ['lines', 0, 'quantity']; a leading 'body' is the server's. */
export function fieldName(path: string): FieldName {
  const parts = path.split('.').filter((part) => part !== '')
  return (parts[0] === 'body' ? parts.slice(1) : parts).map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/**
 * Sorts the server's issues to the fields of a form, several sentences to one field together; what belongs to no field on screen is left
 * over for the bar below. An issue of a part ('payer.name' where only 'payer' is a field) goes to the nearest field around it.
 */
export function fieldErrors(
  issues: readonly ApiIssue[],
  fields: ReadonlySet<string>,
): { errors: { name: FieldName; errors: string[] }[]; rest: string[] } {
  const byField = new Map<string, string[]>()
  const rest: string[] = []
  for (const issue of issues) {
    const field = nearest(fieldName(issue.path).join('.'), fields)
    if (field === undefined) rest.push(issue.message)
    else byField.set(field, [...(byField.get(field) ?? []), issue.message])
  }
  return { errors: [...byField].map(([field, errors]) => ({ name: fieldName(field), errors })), rest }
}

/** The field of a path and those around it, the nearest first: 'lines.0.quantity', 'lines.0', 'lines'. */
export function fieldsAround(path: string): string[] {
  const parts = fieldName(path)
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}

function nearest(path: string, fields: ReadonlySet<string>): string | undefined {
  return fieldsAround(path).find((field) => fields.has(field))
}
