import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  currency,
  day,
  done,
  id,
  idParams,
  longText,
  page,
  paging,
  requiredText,
  several,
  text,
  version,
} from '../../platform/fields.ts'
import { defaultAccountCodes } from './chart-of-accounts.ts'
import { amountComponents, postingKinds } from './posting-rules.ts'
import { voucherSources } from './voucher-sources.ts'

const note = z.string().nullable()
const accountCode = z.string().regex(/^\d{3,12}$/, 'vouchers.accountCode')
const periodNumber = z.coerce
  .number()
  .int()
  .refine((value) => value >= 197_001 && value <= 219_912 && value % 100 >= 1 && value % 100 <= 12, 'vouchers.notAPeriod')

const namedVoucher = z.strictObject({ id, no: z.string() })
const voucherRow = z.strictObject({
  id,
  no: z.string(),
  voucherOn: day,
  period: z.int(),
  sourceKind: z.enum(voucherSources),
  sourceId: id,
  sourceNo: note,
  receiptId: id.nullable().describe('of an allocation: its receipt'),
  reverses: namedVoucher.nullable(),
  reversedBy: z.array(namedVoucher),
  reversed: z.boolean().describe('wholly: of an allocation a part may have been undone'),
  summary: z.string(),
  customerName: note,
  makerName: note.describe('who made what it comes from, or took that back'),
  checkerName: note.describe('the second person, who confirmed or approved it'),
  total: amount,
})
const voucherFilters = {
  from: day.optional(),
  until: day.optional(),
  sourceKind: several(z.enum(voucherSources)).optional(),
  sourceId: id.optional(),
  account: text(12).optional(),
  customerId: id.optional(),
  search: text(60).optional(),
}
export const listVouchers = route({
  method: 'GET',
  path: '/api/vouchers',
  permission: 'vouchers.view',
  summary: 'Vouchers, newest first, by day, source, account or customer',
  query: z.strictObject({ ...voucherFilters, ...paging }),
  response: page(voucherRow, { baseCurrency: currency, sum: amount }),
})
const exported = { method: 'GET', permission: 'vouchers.view', kind: 'file', response: z.unknown() } as const
export const exportVouchers = route({
  ...exported,
  path: '/api/vouchers.xlsx',
  summary: 'The lines of the filtered vouchers as Excel',
  query: z.strictObject(voucherFilters),
})
export const exportTrialBalance = route({
  ...exported,
  path: '/api/vouchers/trial-balance.xlsx',
  summary: 'The trial balance as Excel',
  query: z.strictObject({ from: day, until: day }),
})
const voucherLine = z.strictObject({
  lineNo: z.int(),
  account: z.string(),
  accountName: z.string(),
  customerId: id.nullable(),
  customerName: note,
  currency,
  debit: amount,
  credit: amount,
  debitBase: amount,
  creditBase: amount,
})
export const getVoucher = route({
  method: 'GET',
  path: '/api/vouchers/:id',
  permission: 'vouchers.view',
  summary: 'One voucher with its lines, what it comes from and what reverses it',
  params: idParams,
  response: voucherRow.extend({ baseCurrency: currency, recordedAt: z.string(), lines: z.array(voucherLine) }),
})

const accountName = z.strictObject({ 'zh-CN': requiredText(80), 'zh-TW': text(80), en: text(80) })
const account = z.strictObject({
  code: z.string(),
  name: accountName,
  kind: z.enum(['asset', 'liability', 'equity', 'income', 'expense']),
  status: z.enum(['active', 'disabled']),
  version: z.int(),
})
export const listAccounts = route({
  method: 'GET',
  path: '/api/accounts',
  permission: 'vouchers.view',
  summary: 'The chart of accounts',
  response: z.strictObject({ items: z.array(account) }),
})
export const addAccount = route({
  method: 'POST',
  path: '/api/accounts',
  permission: 'vouchers.editRules',
  summary: 'Adds an account',
  body: z.strictObject({ code: accountCode, name: accountName, kind: account.shape.kind }),
  response: z.strictObject({ code: z.string() }),
})
export const editAccount = route({
  method: 'PUT',
  path: '/api/accounts/:code',
  permission: 'vouchers.editRules',
  summary: 'Renames an account, disables it or takes it back into use',
  params: z.strictObject({ code: accountCode }),
  body: z.strictObject({ name: accountName, status: account.shape.status, version: z.int().min(0) }),
  response: done,
})

const accountKey = z.enum(Object.keys(defaultAccountCodes) as [keyof typeof defaultAccountCodes])
const postingLine = z.strictObject({
  side: z.enum(['debit', 'credit']),
  account: accountKey,
  component: z.enum(amountComponents),
  ofCustomer: z.literal(true).optional(),
})
export const getPostingRules = route({
  method: 'GET',
  path: '/api/posting-rules',
  permission: 'vouchers.view',
  summary: 'Which accounts each event uses: the rules and the codes behind their keys',
  response: z.strictObject({
    rules: z.array(z.strictObject({ kind: z.enum(postingKinds), version: z.int(), lines: z.array(postingLine) })),
    accountCodes: z.strictObject({
      version: z.int(),
      codes: z.array(z.strictObject({ key: accountKey, code: z.string(), isDefault: z.boolean() })),
    }),
  }),
})
export const editPostingRule = route({
  method: 'PUT',
  path: '/api/posting-rules/:kind',
  permission: 'vouchers.editRules',
  summary: 'A new version of one posting rule; it must balance, old vouchers keep theirs',
  params: z.strictObject({ kind: z.enum(postingKinds) }),
  body: z.strictObject({ version: z.int().min(0), lines: z.array(postingLine).min(2).max(20), reason: text(500).default('') }),
  response: done,
})
export const editAccountCodes = route({
  method: 'PUT',
  path: '/api/posting-accounts',
  permission: 'vouchers.editRules',
  summary: 'Other accounts behind the keys of the posting rules; what is left out keeps its default',
  body: z.strictObject({
    version: z.int().min(0),
    codes: z.array(z.strictObject({ key: accountKey, code: accountCode })).max(40),
    reason: text(500).default(''),
  }),
  response: done,
})

const period = z.strictObject({
  period: z.int(),
  status: z.enum(['open', 'closed']),
  version,
  closedByName: note,
  closedAt: note,
  vouchers: z.int(),
  total: amount,
})
export const listPeriods = route({
  method: 'GET',
  path: '/api/periods',
  permission: 'vouchers.view',
  summary: 'Accounting periods, newest first, with what was posted in each',
  query: z.strictObject({ year: z.coerce.number().int().min(1970).max(2199).optional() }),
  response: z.strictObject({ items: z.array(period), years: z.array(z.int()), baseCurrency: currency }),
})
const inPeriod = {
  params: z.strictObject({ period: periodNumber }),
  body: z.strictObject({ version, reason: longText(500).default('') }),
  response: done,
}
export const closePeriod = route({
  method: 'POST',
  path: '/api/periods/:period/closing',
  permission: 'vouchers.closePeriod',
  summary: 'Closes a period: nothing is posted into it any more. Refused while the books do not balance',
  ...inPeriod,
})
export const reopenPeriod = route({
  method: 'POST',
  path: '/api/periods/:period/reopening',
  permission: 'vouchers.closePeriod',
  summary: 'Opens a closed period again, on the record',
  ...inPeriod,
})

/** Net balances (debit positive), and the six columns of a 科目余额表 with what moved since the first day of the year. */
const balances = {
  opening: amount,
  openingDebit: amount,
  openingCredit: amount,
  debit: amount,
  credit: amount,
  yearDebit: amount,
  yearCredit: amount,
  closing: amount,
  closingDebit: amount,
  closingCredit: amount,
}
export const trialBalance = route({
  method: 'GET',
  path: '/api/vouchers/trial-balance',
  permission: 'vouchers.view',
  summary:
    'Opening, debits, credits, the same of the year, and closing of every account in base currency; opening balances stand in the opening',
  query: z.strictObject({ from: day, until: day }),
  response: z.strictObject({
    from: day,
    until: day,
    baseCurrency: currency,
    accounts: z.array(z.strictObject({ code: z.string(), name: z.string(), kind: z.string(), ...balances })),
    total: z.strictObject(balances),
    balanced: z.boolean(),
  }),
})
export const tieOut = route({
  method: 'GET',
  path: '/api/vouchers/tie-out',
  permission: 'vouchers.view',
  summary: 'The receivables account, the ledger entries and the open amounts on one day: three figures that must be one',
  query: z.strictObject({ asOf: day.optional() }),
  response: z.strictObject({
    asOf: day,
    baseCurrency: currency,
    account: amount,
    ledger: amount,
    open: amount,
    difference: amount,
    tied: z.boolean(),
    accounts: z.array(z.string()),
  }),
})
