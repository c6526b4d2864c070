import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importKinds } from '../../src/modules/imports/import-fields.ts'
import { shippedMappings } from '../../src/modules/imports/shipped-mappings.ts'
import { type ApiClient, ApiRefused } from './api-client.ts'
import { type Command, type Outcome, WrongUse } from './command.ts'

const POLL_MS = 500
const SHOWN_ROWS_MOST = 20
const FILE_BYTES_MOST = 100 * 1024 * 1024

type Total = { currency: string; importRows: number; file: string; toImport: string; refused: string; difference: string }
type Row = { line: number; title: string; findings: { severity: string; message: string }[] }
type Check = { rows: number; accepted: number; warned: number; refused: number; already: number; totals: Total[]; refusedRows: Row[] }
type Progress = {
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

/** Upload, dry run, import, in the background of the running server; the progress is shown here. */
export const importCommand: Command = {
  name: 'import',
  summary: `brings a file in: ${importKinds.join(', ')}; with --dry-run it only says what would happen`,
  args: ['KIND', 'FILE'],
  needsKey: true,
  options: {
    map: {
      value: 'NAME',
      meaning: `a mapping: one of yours, or ${shippedMappings.map(({ name, kind }) => `${name} (${kind})`).join(', ')}`,
    },
    'dry-run': { meaning: 'only says what would happen' },
    'create-customers': { meaning: 'makes the customers that are not there yet' },
    again: { meaning: 'brings the same file in a second time' },
  },
  run: async ({ args: [given = '', file = ''], values, api, from, say }) => {
    const kind = given.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) // open-items as well as openItems
    if (!importKinds.some((one) => one === kind)) throw new WrongUse(`There is no kind ${given}: ${importKinds.join(', ')}.`)
    const id = await sendFile(api, kind, resolve(from, file), values['map'] as string | undefined)
    if (values['create-customers'] === true) await api.put(`/api/imports/${id}/mapping`, { options: { createCustomers: true } })
    const check = await api.get<Check>(`/api/imports/${id}/check`)
    if (values['dry-run'] === true) {
      await api.post(`/api/imports/${id}/cancellation`, {})
      return { lines: checkLines(check), data: { id, ...check }, failed: check.refused > 0 }
    }
    await api.post(`/api/imports/${id}/start`, { again: values['again'] === true }).catch(async (error: unknown) => {
      await api.post(`/api/imports/${id}/cancellation`, {})
      throw error
    })
    return outcome(id, await watched(api, id, say), check)
  },
}

async function sendFile(api: ApiClient, kind: string, path: string, map: string | undefined): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile()) throw new WrongUse(`There is no file ${path}.`)
  if (found.size > FILE_BYTES_MOST) throw new ApiRefused(`The file is larger than ${FILE_BYTES_MOST / 1024 / 1024} MB: split it.`, 413)
  const query = new URLSearchParams({ kind, ...(map === undefined ? {} : { map }) })
  const { id } = await api.upload<{ id: string }>(`/api/imports?${query}`, basename(path), await openAsBlob(path))
  return id
}

/** One line that is written over in a terminal, one line a step elsewhere. A run whose worker has died is resumed. */
async function watched(api: ApiClient, id: string, say: (line: string) => void): Promise<Progress> {
  let shown = -1
  for (;;) {
    const progress = await api.get<Progress>(`/api/imports/${id}/progress`)
    if (progress.done !== shown) {
      shown = progress.done
      const line = `${progress.done} / ${progress.rows} rows (${Math.floor((progress.done / Math.max(1, progress.rows)) * 100)} %), ${progress.refused} refused`
      if (process.stderr.isTTY) process.stderr.write(`\r${line}`)
      else say(line)
    }
    if (progress.status !== 'waiting' && progress.status !== 'running') {
      if (process.stderr.isTTY) process.stderr.write('\n')
      return progress
    }
    if (progress.silent) await api.post(`/api/imports/${id}/resumption`, {}).catch(() => undefined) // somebody else has resumed it
    await sleep(POLL_MS)
  }
}

function outcome(id: string, progress: Progress, check: Check): Outcome {
  const isDone = progress.status === 'done'
  const lines = [
    isDone
      ? `${progress.imported} of ${progress.rows} rows imported, ${progress.refused} refused, ${progress.already} there already.`
      : `The import ended as ${progress.status}: ${progress.message ?? ''}`,
    ...totalLines(progress.totals),
    ...refusedLines(check),
    ...(progress.refused > 0 ? [`The refused rows with their reasons: /api/imports/${id}/refused.xlsx`] : []),
  ]
  return { lines, data: { id, ...progress }, failed: !isDone || progress.refused > 0 }
}

function checkLines(check: Check): string[] {
  return [
    `${check.rows} rows: ${check.accepted} can come in (${check.warned} with a remark), ${check.refused} refused, ${check.already} there already. Nothing has changed.`,
    ...totalLines(check.totals),
    ...refusedLines(check),
  ]
}

function totalLines(totals: readonly Total[]): string[] {
  return totals.map(
    (total) =>
      `${total.currency}: file ${total.file} = imported ${total.toImport} + left out ${total.refused}, difference ${total.difference}`,
  )
}

function refusedLines({ refusedRows, refused }: Check): string[] {
  const rows = refusedRows.filter((row) => row.findings.some((finding) => finding.severity === 'refused'))
  const shown = rows
    .slice(0, SHOWN_ROWS_MOST)
    .map((row) => `  row ${row.line} ${row.title}: ${row.findings.map((finding) => finding.message).join(' ')}`)
  return refused > shown.length ? [...shown, `  … and ${refused - shown.length} more`] : shown
}
