import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseDay } from '../../src/kernel/day.ts'
import { importKinds } from '../../src/modules/imports/import-fields.ts'
import { shippedMappings } from '../../src/modules/imports/shipped-mappings.ts'
import { type ApiClient, ApiRefused } from './api-client.ts'
import { type Command, type Outcome, WrongUse } from './command.ts'
import { type Check, checkLines, mapsText, type Progress, refusedLines, totalLines } from './import-lines.ts'

const POLL_MS = 500
const FILE_BYTES_MOST = 100 * 1024 * 1024

/** Upload, dry run, import, in the background of the running server; the progress is shown here. With --undo a whole import is taken back. */
export const importCommand: Command = {
  name: 'import',
  summary: `brings a file in: ${importKinds.join(', ')}; with --dry-run it only says what would happen; --undo ID takes an import back`,
  args: ['KIND', 'FILE'],
  noArgsWith: ['undo', 'maps'],
  needsKey: true,
  options: {
    map: {
      value: 'NAME',
      meaning: `a mapping: one of yours, or ${shippedMappings.map(({ name, kind }) => `${name} (${kind})`).join(', ')}`,
    },
    maps: { meaning: 'lists the mappings that have a name, shipped and saved' },
    'dry-run': { meaning: 'only says what would happen' },
    'opening-day': {
      value: 'DAY',
      meaning: 'openItems: the day the balances enter the books, from which ageing shows them, like 2026-10-31 (the last month end)',
    },
    'refuse-negatives': { meaning: "openItems: refuses rows below zero, which otherwise come in as the customer's unallocated credit" },
    'create-customers': { meaning: 'makes the customers that are not there yet' },
    terms: {
      value: 'CODE',
      meaning: 'with --create-customers: the payment terms of those that are made, from which empty due days follow',
    },
    'create-regions': { meaning: 'makes the regions that are not there yet' },
    again: { meaning: 'brings the same file in a second time' },
    undo: { value: 'ID', meaning: 'takes a whole import back, where no later document stands in the way' },
  },
  more: mapsText,
  run: async (call) => {
    const { values, api, say } = call
    if (typeof values['undo'] === 'string') return takeBack(api, values['undo'], say)
    if (values['maps'] === true) return { lines: [await mapsText(api)], data: await api.get('/api/import-mappings') }
    return bringIn(call)
  },
}

async function bringIn({ args: [given = '', file = ''], values, api, from, say }: Parameters<Command['run']>[0]): Promise<Outcome> {
  const kind = given.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) // open-items as well as openItems
  if (!importKinds.some((one) => one === kind)) throw new WrongUse(`There is no kind ${given}: ${importKinds.join(', ')}.`)
  const options = { ...optionsOf(kind, values), ...(await newTerms(api, values)) }
  const id = await sendFile(api, kind, resolve(from, file), values['map'] as string | undefined)
  const check = await checked(api, id, options, values['dry-run'] === true, values['again'] === true)
  if (values['dry-run'] === true) return { lines: checkLines(check), data: { id, ...check }, failed: check.refused > 0 }
  return outcome(id, await watched(api, id, say), check)
}

/** The dry run, and the start where more is wanted. What could not be started is dropped; what runs goes on, whatever becomes of this terminal. */
async function checked(api: ApiClient, id: string, options: object, dryRun: boolean, again: boolean): Promise<Check> {
  const drop = () => api.post(`/api/imports/${id}/cancellation`, {})
  try {
    if (Object.keys(options).length > 0) await api.put(`/api/imports/${id}/mapping`, { options })
    const check = await api.get<Check>(`/api/imports/${id}/check`)
    if (dryRun) await drop()
    else await api.post(`/api/imports/${id}/start`, { again })
    return check
  } catch (error) {
    if (error instanceof ApiRefused && error.status !== 0) await drop().catch(() => undefined) // it is gone
    throw isAlreadyThere(error) ? new ApiRefused(`${error.message} To do so, give --again.`, error.status, error.body) : error
  }
}

function optionsOf(kind: string, values: Parameters<Command['run']>[0]['values']): Record<string, unknown> {
  const openingOn = values['opening-day']
  if (openingOn !== undefined && kind !== 'openItems') throw new WrongUse('--opening-day belongs to openItems.')
  if (typeof openingOn === 'string' && parseDay(openingOn) === undefined)
    throw new WrongUse(`--opening-day takes a day of the calendar as YYYY-MM-DD, like 2026-10-31, not ${openingOn}.`)
  return {
    ...(openingOn === undefined ? {} : { openingOn }),
    ...(values['create-customers'] === true ? { createCustomers: true } : {}),
    ...(values['create-regions'] === true ? { createRegions: true } : {}),
    ...(values['refuse-negatives'] === true ? { negatives: 'refuse' } : {}),
  }
}

async function newTerms(api: ApiClient, values: Parameters<Command['run']>[0]['values']): Promise<{ newTermsId?: string }> {
  const code = values['terms']
  if (typeof code !== 'string') return {}
  if (values['create-customers'] !== true) throw new WrongUse('--terms belongs to --create-customers.')
  const { items } = await api.get<{ items: { id: string; code: string }[] }>('/api/terms', { status: 'active' })
  const found = items.find((terms) => terms.code === code)
  if (found === undefined)
    throw new ApiRefused(`There are no payment terms with the code ${code}: ${items.map((terms) => terms.code).join(', ')}.`, 404)
  return { newTermsId: found.id }
}

function isAlreadyThere(error: unknown): error is ApiRefused {
  return error instanceof ApiRefused && (error.body as { code?: string } | undefined)?.code === 'imports.alreadyImported'
}

async function sendFile(api: ApiClient, kind: string, path: string, map: string | undefined): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile()) throw new WrongUse(`There is no file ${path}.`)
  if (found.size > FILE_BYTES_MOST) throw new ApiRefused(`The file is larger than ${FILE_BYTES_MOST / 1024 / 1024} MB: split it.`, 413)
  const query = new URLSearchParams({ kind, ...(map === undefined ? {} : { map }) })
  const { id } = await api.upload<{ id: string }>(`/api/imports?${query}`, basename(path), await openAsBlob(path))
  return id
}

/** Asked again it goes on where it stopped, and says so when it is done already. */
async function takeBack(api: ApiClient, id: string, say: (line: string) => void): Promise<Outcome> {
  const path = `/api/imports/${encodeURIComponent(id)}`
  await api.post(`${path}/undoing`, {})
  const progress = await watched(api, id, say)
  const isDone = progress.status === 'undone'
  return {
    lines: [isDone ? 'The import has been taken back.' : `The import ended as ${progress.status}: ${progress.message ?? ''}`],
    data: { id, ...progress },
    failed: !isDone,
  }
}

const UNDER_WAY: readonly string[] = ['waiting', 'running', 'undoing']

/** One line that is written over in a terminal, one line a step elsewhere. A run whose worker has died is resumed. */
async function watched(api: ApiClient, id: string, say: (line: string) => void): Promise<Progress> {
  let shown = -1
  for (;;) {
    const progress = await api.get<Progress>(`/api/imports/${id}/progress`)
    if (progress.done !== shown && progress.status !== 'undoing' && progress.status !== 'undone') {
      shown = progress.done
      const line = `${progress.done} / ${progress.rows} rows (${Math.floor((progress.done / Math.max(1, progress.rows)) * 100)} %), ${progress.refused} refused`
      if (process.stderr.isTTY) process.stderr.write(`\r${line}`)
      else say(line)
    }
    const hasStopped = progress.status === 'undoing' && progress.message !== null
    if (!UNDER_WAY.includes(progress.status) || hasStopped) {
      if (process.stderr.isTTY && shown >= 0) process.stderr.write('\n')
      return progress
    }
    if (progress.silent) {
      const again = progress.status === 'undoing' ? 'undoing' : 'resumption'
      await api.post(`/api/imports/${id}/${again}`, {}).catch(() => undefined) // somebody else has resumed it
    }
    await sleep(POLL_MS)
  }
}

function outcome(id: string, progress: Progress, check: Check): Outcome {
  const isDone = progress.status === 'done'
  const lines = [
    isDone
      ? `${progress.imported} of ${progress.rows} rows imported, ${progress.refused} refused, ${progress.already} there already.`
      : `The import ended as ${progress.status}: ${progress.message ?? ''}`,
    ...refusedLines(check),
    ...(progress.refused > 0 ? [`The refused rows with their reasons: /api/imports/${id}/refused.xlsx`] : []),
    ...totalLines(progress.totals),
    ...(progress.imported > 0 ? [`To take it back: import --undo ${id}`] : []),
  ]
  return { lines, data: { id, ...progress }, failed: !isDone || progress.refused > 0 }
}
