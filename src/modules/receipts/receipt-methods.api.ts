import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { currency, done, id, idParams, requiredText, text, version } from '../../platform/fields.ts'

const methodFields = { code: requiredText(40), name: requiredText(80) }
const method = z.strictObject({ id, ...methodFields, status: z.enum(['active', 'disabled']), version })
export const listMethods = route({
  method: 'GET',
  path: '/api/payment-methods',
  permission: 'receipts.view',
  summary: 'Payment methods',
  response: z.strictObject({ items: z.array(method) }),
})
export const addMethod = route({
  method: 'POST',
  path: '/api/payment-methods',
  permission: 'company.edit',
  summary: 'Adds a payment method',
  body: z.strictObject(methodFields),
  response: z.strictObject({ id }),
})
export const editMethod = route({
  method: 'PUT',
  path: '/api/payment-methods/:id',
  permission: 'company.edit',
  summary: 'Renames or disables a payment method',
  params: idParams,
  body: z.strictObject({ ...methodFields, status: z.enum(['active', 'disabled']), version }),
  response: done,
})
const bankFields = {
  name: requiredText(80),
  bank: text(80).default(''),
  accountNo: requiredText(40),
  currency: currency.default('CNY'),
  account: requiredText(20).default('1002'),
}
const bankAccount = z.strictObject({
  id,
  name: z.string(),
  bank: z.string(),
  accountNo: z.string(),
  currency,
  account: z.string(),
  status: z.enum(['active', 'disabled']),
  version,
})
export const listBankAccounts = route({
  method: 'GET',
  path: '/api/bank-accounts',
  permission: 'receipts.view',
  summary: 'Our own bank accounts (numbers shown in full only to those who may see them)',
  response: z.strictObject({ items: z.array(bankAccount) }),
})
export const addBankAccount = route({
  method: 'POST',
  path: '/api/bank-accounts',
  asksAgain: true,
  permission: 'company.edit',
  summary: 'Adds one of our bank accounts',
  body: z.strictObject(bankFields),
  response: z.strictObject({ id }),
})
export const editBankAccount = route({
  method: 'PUT',
  path: '/api/bank-accounts/:id',
  asksAgain: true,
  permission: 'company.edit',
  summary: 'Changes or disables one of our bank accounts',
  params: idParams,
  body: z.strictObject({ ...bankFields, status: z.enum(['active', 'disabled']), version }),
  response: done,
})
