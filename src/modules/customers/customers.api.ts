import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'

/** Customers in one request of the page; an import brings more through the command. */
const HAND_OVER_MOST = 1_000
const nullable = <T extends z.ZodType>(field: T) => field.nullable().optional()
const word = (most: number) => nullable(f.requiredText(most))
const email = f.text(200).regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'customers.notAnEmail')
export const buyerScales = ['large', 'medium', 'small', 'micro', 'publicBody'] as const

/** Everything that a person may fill in. Status, ownership history, credit and balances are not among them (mass assignment). */
const fields = {
  shortName: word(60), regionId: nullable(f.id), customerType: word(40), industry: word(60), class: word(20),
  tags: z.array(f.requiredText(30)).max(20).optional(), language: f.language.optional(),
  country: nullable(z.string().regex(/^[A-Z]{2}$/, 'customers.notACountry')), address: word(300), phone: word(60), email: nullable(email), website: word(200),
  taxId: word(40), invoiceTitle: word(200), invoiceAddress: word(300), invoicePhone: word(60),
  bankName: word(120), bankBranch: word(120), bankAccount: word(60), bankAccountName: word(200), bankCode: word(40),
  buyerScale: nullable(z.enum(buyerScales)), keyAccount: z.boolean().optional(), remark: f.longText(2_000).optional(),
} // biome-ignore format: one line a group of fields
const acceptSimilar = z.boolean().default(false).describe('Save although a customer of the same name or tax id exists')

const newCustomer = z.strictObject({
  code: f.requiredText(40).optional(), name: f.requiredText(200), parentId: nullable(f.id), salespersonId: nullable(f.id), termsId: nullable(f.id),
  currency: f.currency.optional(), ...fields,
}) // biome-ignore format: one line a group of fields
const firstContact = z.strictObject({ name: f.requiredText(100), phone: f.text(60).optional(), email: email.optional() })
const customerChanges = z.strictObject({
  code: f.requiredText(40).optional(),
  name: f.requiredText(200).optional(),
  parentId: nullable(f.id),
  currency: f.currency.optional(),
  status: z.enum(['active', 'disabled']).optional(),
  ...fields,
})

const text = z.string().nullable()
const person = z.strictObject({ id: z.string(), name: z.string() }).nullable()
const ref = z.strictObject({ id: z.string(), name: z.string() }).nullable()
const amount = z.string()

const customerRow = z.strictObject({
  id: z.string(), code: z.string(), name: z.string(), shortName: text, status: z.string(), class: text, industry: text, customerType: text, tags: z.array(z.string()), currency: z.string(),
  salesperson: person, region: ref, keyAccount: z.boolean(), onHold: z.boolean(), verifiedOn: text,
  open: amount, overdue: amount, oldestOverdueDays: z.int(), lastReceivedOn: text, limit: amount.nullable(), available: amount.nullable(), version: z.int(),
}) // biome-ignore format: one line a group of fields

const sorts = ['name', 'code', 'open', 'overdue', 'recent'] as const
const customerFilter = {
  q: f.text(100).optional(), regionId: f.several(f.id).optional(), class: f.several(f.text(20)).optional(), industry: f.several(f.text(60)).optional(),
  customerType: f.several(f.text(40)).optional(), tag: f.several(f.text(30)).optional(), salespersonId: f.several(f.id).optional(), parentId: f.id.optional(),
  status: f.several(z.enum(['active', 'disabled', 'merged'])).optional(), hasOverdue: f.flag.optional(), onHold: f.flag.optional(), toReview: f.flag.optional(),
  hasOpen: f.flag.optional(), incomplete: f.flag.optional().describe('no tax number or invoice title: no invoice can be made out'), limitEndsUntil: f.day.optional().describe('a temporary limit ends by then'),
} // biome-ignore format: one line a group of fields

export const listCustomers = route({
  method: 'GET', path: '/api/customers', permission: 'customers.view', summary: 'Customers by any filter, with open and overdue balance in the base currency',
  query: z.strictObject({ ...customerFilter, sort: z.enum(sorts).default('code'), ...f.paging }),
  response: f.page(customerRow, { currency: z.string(), open: amount, overdue: amount }),
}) // biome-ignore format: a contract reads as one block
export const findCustomers = route({
  method: 'GET', path: '/api/customers/choices', permission: 'customers.view', summary: 'A few customers for a choice box, by code, name, short name or tax id',
  query: z.strictObject({ q: f.text(100).default(''), id: f.id.optional() }),
  response: z.strictObject({ items: z.array(z.strictObject({ id: z.string(), code: z.string(), name: z.string(), currency: z.string(), salespersonId: text, regionId: text, termsId: text })) }),
}) // biome-ignore format: a contract reads as one block
export const customerFacets = route({
  method: 'GET', path: '/api/customers/facets', permission: 'customers.view', summary: 'Classes, industries, types and tags in use, for filters and forms',
  response: z.strictObject({ classes: z.array(z.string()), industries: z.array(z.string()), types: z.array(z.string()), tags: z.array(z.string()) }),
}) // biome-ignore format: a contract reads as one block

const completeness = z.strictObject({
  filled: z.int(),
  of: z.int(),
  missing: z.array(z.string()),
  forInvoice: z.boolean(),
  warnings: z.array(z.string()),
})
const customerDetail = z.strictObject({
  id: z.string(), code: z.string(), name: z.string(), shortName: text, status: z.string(), mergedInto: ref, parent: ref, salesperson: person, region: ref, terms: ref,
  path: z.array(z.strictObject({ id: z.string(), name: z.string() })), children: z.int(),
  customerType: text, industry: text, class: text, tags: z.array(z.string()), currency: z.string(), language: z.string(), country: text, address: text, phone: text, email: text, website: text,
  taxId: text, invoiceTitle: text, invoiceAddress: text, invoicePhone: text, bankName: text, bankBranch: text, bankAccount: text, bankAccountName: text, bankCode: text,
  buyerScale: z.enum(buyerScales).nullable(), keyAccount: z.boolean(), remark: z.string(), verifiedOn: text, reviewDueOn: text, createdOn: z.string(), sensitiveShown: z.boolean(), completeness, version: z.int(),
}) // biome-ignore format: one line a group of fields
export const readCustomer = route({
  method: 'GET',
  path: '/api/customers/:id',
  permission: 'customers.view',
  summary: 'One customer',
  params: f.idParams,
  response: customerDetail,
})

export const createCustomer = route({
  method: 'POST', path: '/api/customers', permission: 'customers.edit', summary: 'Adds a customer and its credit account; with its first contact, and a credit limit that is asked for like any other',
  body: newCustomer.extend({ acceptSimilar, contact: firstContact.optional(), askedLimit: f.positiveAmount.optional().describe('credit limit to ask for, in the base currency') }), response: f.created,
}) // biome-ignore format: a contract reads as one block
export const updateCustomer = route({
  method: 'PATCH', path: '/api/customers/:id', permission: 'customers.edit', summary: 'Changes the fields that are given; null empties a field',
  params: f.idParams, body: z.strictObject({ version: f.version, changes: customerChanges, acceptSimilar }), response: f.done,
}) // biome-ignore format: a contract reads as one block
export const verifyCustomer = route({
  method: 'POST', path: '/api/customers/:id/verification', permission: 'customers.edit', summary: 'Says that the data of the customer were reviewed today',
  params: f.idParams, body: z.strictObject({ version: f.version }), response: f.done,
}) // biome-ignore format: a contract reads as one block
export const handOverCustomers = route({
  method: 'POST', path: '/api/customers/hand-over', permission: 'customers.edit', summary: 'Gives customers to another salesperson',
  body: z.strictObject({ customers: z.array(z.strictObject({ id: f.id, version: f.version })).min(1).max(HAND_OVER_MOST), salespersonId: f.id.nullable(), moveReceivables: z.boolean(), reason: f.requiredText(300) }), response: f.done,
}) // biome-ignore format: a contract reads as one block
export const previewProfile = route({
  method: 'GET', path: '/api/customers/tax-id', permission: 'customers.view', summary: 'Judges a tax id as the form would, before saving',
  query: z.strictObject({ taxId: f.requiredText(40), country: z.string().max(2).optional() }),
  response: z.strictObject({ taxId: z.string(), kind: z.string(), warning: z.string().optional(), refused: z.string().optional() }),
}) // biome-ignore format: a contract reads as one block
