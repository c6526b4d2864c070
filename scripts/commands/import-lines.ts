import { shippedMappings } from '../../src/modules/imports/shipped-mappings.ts'
import { type ApiClient, ApiRefused } from './api-client.ts'

type Total = { currency: string; importRows: number; file: string; toImport: string; refused: string; difference: string }
type Row = { line: number; title: string; findings: { severity: string; message: string }[] }
/** What the CLI reads of a dry run. */
export type Check = {
  rows: number
  accepted: number
  warned: number
  refused: number
  already: number
  totals: Total[]
  groups: { severity: 'warned' | 'noted'; rows: number; lines: number[]; message: string }[]
  names: { field: string; value: string; rows: number; choice: string }[]
  refusedRows: Row[]
}
/** What it reads of a run. */
export type Progress = {
  status: string
  rows: number
  done: number
  imported: number
  refused: number
  already: number
  silent: boolean
  message: string | null
  seconds: number | null
  totals: Total[]
}

const SHOWN_ROWS_MOST = 20

/** Errors row by row, then warnings, then remarks, one line a kind; then the money. */
export function checkLines(check: Check): string[] {
  const beside = [
    ...(check.warned > 0 ? [`${check.warned} with a warning`] : []),
    `${check.refused} refused`,
    `${check.already} there already`,
  ].join(', ')
  return [
    `${check.rows} rows: ${check.accepted} can come in, ${beside}. Nothing has changed.`,
    ...refusedLines(check),
    ...check.groups.map((group) => `  ${group.severity === 'warned' ? 'Warning' : 'Remark'}: ${group.message} (${linesOf(group)})`),
    ...check.names.filter((name) => name.choice === 'open').map((name) => `  Not found: ${name.field} “${name.value}”, ${name.rows} ×`),
    ...totalLines(check.totals),
  ]
}

export function refusedLines({ refusedRows, refused }: Check): string[] {
  const rows = refusedRows.filter((row) => row.findings.some((finding) => finding.severity === 'refused'))
  const shown = rows.slice(0, SHOWN_ROWS_MOST).map((row) => {
    const reasons = row.findings.filter((finding) => finding.severity === 'refused').map((finding) => finding.message)
    return `  row ${row.line} ${row.title}: ${reasons.join(' ')}`
  })
  return refused > shown.length ? [...shown, `  … and ${refused - shown.length} more`] : shown
}

export function totalLines(totals: readonly Total[]): string[] {
  return totals.map(
    (total) =>
      `${total.currency}: file ${total.file} = imported ${total.toImport} + left out ${total.refused}, difference ${total.difference}`,
  )
}

function linesOf({ lines, rows }: { lines: number[]; rows: number }): string {
  return `${lines.length === 1 ? 'row' : 'rows'} ${lines.join(', ')}${rows > lines.length ? ' …' : ''}`
}

type Mapping = { name: string; kind: string; shipped: boolean }

/** The mappings that have a name: those that ship, and those that the company has saved, where there is somebody to ask. */
export async function mapsText(api: ApiClient | undefined): Promise<string> {
  const answer = await api?.get<{ items: Mapping[] }>('/api/import-mappings').catch((error: unknown) => {
    if (error instanceof ApiRefused) return undefined
    throw error
  })
  const list = (maps: readonly { name: string; kind: string }[]) =>
    maps.map(({ name, kind }) => `  ${name} (${kind})`).join('\n') || '  none'
  const saved = answer?.items.filter((one) => !one.shipped)
  const own = saved === undefined ? '  not known: set HUIKUAN_API_KEY to a key that may import, while Huikuan runs' : list(saved)
  return `Mappings that ship with Huikuan:\n${list(shippedMappings)}\nMappings that this company has saved:\n${own}`
}
