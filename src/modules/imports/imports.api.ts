import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { created, currency, day, done, flag, id, idParams, rate, requiredText } from '../../platform/fields.ts'
import { importKinds } from './import-fields.ts'
import { namedFields } from './import-options.ts'
import { decimalSigns } from './read-amount.ts'
import { dayOrders } from './read-day.ts'

const kind = z.enum(importKinds)
const read = z.enum([...dayOrders, ...decimalSigns])
const options = z.strictObject({
  createCustomers: z.boolean(),
  newTermsId: id.nullable().optional().describe('Payment terms of customers that are created'),
  createRegions: z.boolean(),
  dueFromTerms: z.boolean(),
  wholeOnly: z.boolean(),
  openingOn: day.optional(),
  negatives: z.enum(['credit', 'refuse']),
  confirmReceipts: z.boolean(),
  rates: z.array(z.strictObject({ currency, rate })).max(50),
  names: z.array(z.strictObject({ field: z.enum(namedFields), value: z.string().max(1_000), id: id.nullable() })).max(200),
})
const params = z.record(z.string(), z.union([z.string(), z.number()]))
const total = z.strictObject({
  currency: z.string(),
  rows: z.int(),
  importRows: z.int(),
  file: z.string(),
  toImport: z.string(),
  refused: z.string(),
  difference: z.string(),
})
const status = z.enum(['draft', 'waiting', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'])

/** Where a run is: cheap enough to be asked for every second. `silent`: its worker has not been heard of for a while; POST …/resumption goes on. */
export const progress = z.strictObject({
  id,
  kind,
  status,
  fileName: z.string(),
  rows: z.int(),
  done: z.int(),
  imported: z.int(),
  already: z.int(),
  refused: z.int(),
  silent: z.boolean(),
  totals: z.array(total),
  message: z.string().nullable().describe('Why it failed'),
  createdByName: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  seconds: z.number().nullable(),
})
const column = z.strictObject({
  header: z.string(),
  sample: z.string(),
  field: z.string().nullable(),
  read: read.nullable(),
  how: z.string().describe('A word of imports.how'),
  note: z.string().nullable().describe('A word of imports.notes'),
  count: z.int().nullable(),
  asks: z.array(read).describe('What may be chosen as `read`'),
  chosen: z.string().nullable(),
})
export const importView = progress.extend({
  fileKind: z.enum(['xlsx', 'text']),
  encoding: z.string().nullable(),
  sheets: z.array(z.strictObject({ name: z.string(), isHidden: z.boolean() })),
  sheet: z.string(),
  headerLine: z.int(),
  columns: z.array(column),
  fields: z.array(z.strictObject({ key: z.string(), type: z.string(), needed: z.boolean() })),
  missing: z.array(z.string()).describe('Needed fields without a column'),
  preview: z.array(
    z.strictObject({
      line: z.int(),
      cells: z.array(z.strictObject({ field: z.string(), text: z.string(), problem: z.string().nullable() })),
    }),
  ),
  mappings: z.array(z.strictObject({ id: z.string().nullable(), name: z.string(), shipped: z.boolean(), fits: z.boolean() })),
  mappingName: z.string().nullable(),
  options,
})
const judgedRow = z.strictObject({
  line: z.int(),
  title: z.string(),
  currency: z.string().nullable(),
  amount: z.string().nullable(),
  findings: z.array(
    z.strictObject({
      severity: z.enum(['refused', 'warned', 'noted', 'already']),
      field: z.string(),
      code: z.string(),
      params,
      message: z.string(),
      fix: z.string().nullable(),
    }),
  ),
})

/** multipart/form-data with one `file` (.xlsx, .csv, .tsv, .txt; 100 MB at most). Nothing is kept of a file that cannot be read. */
export const uploadImport = route({
  method: 'POST',
  path: '/api/imports',
  permission: 'imports.run',
  summary: 'Uploads a file: finds its header and guesses the mapping. Nothing is brought in yet',
  kind: 'upload',
  query: z.strictObject({ kind, map: requiredText(100).optional() }),
  response: created,
})
export const listImports = route({
  method: 'GET',
  path: '/api/imports',
  permission: 'imports.run',
  summary: 'Imports, newest first',
  query: z.strictObject({ stopped: flag.default(false).describe('only those that failed within the last fourteen days') }),
  response: z.strictObject({ items: z.array(progress) }),
})
export const getImport = route({
  method: 'GET',
  path: '/api/imports/:id',
  permission: 'imports.run',
  summary: 'An import with its columns, how each is read, and the first rows',
  params: idParams,
  response: importView,
})
export const getProgress = route({
  method: 'GET',
  path: '/api/imports/:id/progress',
  permission: 'imports.run',
  summary: 'How far an import is',
  params: idParams,
  response: progress,
})
export const mapColumns = route({
  method: 'PUT',
  path: '/api/imports/:id/mapping',
  permission: 'imports.run',
  summary: 'Says which column goes into which field, by hand or by a named mapping, and the options',
  params: idParams,
  body: z.strictObject({
    columns: z
      .array(z.strictObject({ field: z.string().max(40).nullable(), read: read.optional() }))
      .max(500)
      .optional(),
    mapping: requiredText(100).optional(),
    options: options.partial().optional(),
  }),
  response: done,
})
export const placeTable = route({
  method: 'POST',
  path: '/api/imports/:id/table',
  permission: 'imports.run',
  summary: 'Reads the file anew: another sheet, header row or encoding',
  params: idParams,
  body: z.strictObject({
    sheet: z.string().max(200).optional(),
    headerLine: z.int().min(1).max(1_048_576).optional(),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5']).optional(),
  }),
  response: done,
})
export const checkImport = route({
  method: 'GET',
  path: '/api/imports/:id/check',
  permission: 'imports.run',
  summary: 'Dry run: what would happen to every row. Nothing changes',
  params: idParams,
  response: z.strictObject({
    rows: z.int(),
    accepted: z.int(),
    warned: z.int().describe('Of the accepted: rows to be looked at first'),
    noted: z.int().describe('Of the accepted: rows with a remark only'),
    refused: z.int(),
    already: z.int(),
    totals: z.array(total),
    newCustomers: z.int(),
    newRegions: z.int(),
    dueFromTerms: z.int().describe('Rows whose due day is empty'),
    groups: z
      .array(
        z.strictObject({
          severity: z.enum(['warned', 'noted']),
          code: z.string(),
          rows: z.int(),
          lines: z.array(z.int()),
          message: z.string(),
        }),
      )
      .describe('Warnings and remarks, one entry a kind'),
    names: z
      .array(
        z.strictObject({
          field: z.enum(namedFields),
          value: z.string(),
          rows: z.int(),
          choice: z.enum(['open', 'blank', 'chosen']),
          id: id.nullable(),
        }),
      )
      .describe('Words that name nobody here, and what was decided on them'),
    candidates: z.array(z.strictObject({ field: z.enum(namedFields), items: z.array(z.strictObject({ id, label: z.string() })) })),
    unknownCustomers: z.int(),
    refusedRows: z.array(judgedRow),
    warnedRows: z.array(judgedRow),
    acceptedRows: z.array(judgedRow),
    seconds: z.number(),
  }),
})
export const refusedRows = route({
  method: 'GET',
  path: '/api/imports/:id/refused.xlsx',
  permission: 'imports.run',
  summary: 'The refused rows with the reason in each, to be corrected and uploaded again',
  kind: 'file',
  params: idParams,
  response: z.unknown(),
})
export const startImport = route({
  method: 'POST',
  path: '/api/imports/:id/start',
  permission: 'imports.run',
  summary: 'Brings the accepted rows in, in the background',
  params: idParams,
  body: z.strictObject({ again: z.boolean().default(false).describe('The same file may come in a second time') }),
  response: done,
})
export const resumeImport = route({
  method: 'POST',
  path: '/api/imports/:id/resumption',
  permission: 'imports.run',
  summary: 'Goes on where an import stopped',
  params: idParams,
  response: done,
})
export const cancelImport = route({
  method: 'POST',
  path: '/api/imports/:id/cancellation',
  permission: 'imports.run',
  summary: 'Stops an import, or drops a draft; what was saved stays',
  params: idParams,
  response: done,
})
const undoDocument = z.strictObject({
  entity: z.enum(['receivable', 'receipt', 'order']),
  id,
  no: z.string(),
  reason: z.string(),
  message: z.string(),
})
export const getUndoing = route({
  method: 'GET',
  path: '/api/imports/:id/undoing',
  permission: 'imports.run',
  summary: 'What taking this import back would undo, and which documents stand in the way',
  params: idParams,
  response: z.strictObject({
    kept: z.boolean().describe('False for an import of an earlier version, which did not keep what it made'),
    receivables: z.int(),
    receipts: z.int(),
    orders: z.int(),
    products: z.int(),
    customers: z.int(),
    inTheWay: z.int(),
    documents: z.array(undoDocument),
  }),
})
export const undoImport = route({
  method: 'POST',
  path: '/api/imports/:id/undoing',
  permission: 'imports.run',
  summary:
    'Takes the whole import back, in the background: mirror entries and vouchers, unused customers and products disabled. Refused while a later document stands in the way',
  params: idParams,
  response: done,
})
