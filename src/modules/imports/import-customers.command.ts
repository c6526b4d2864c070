import { may } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { requestLimits } from '../credit/request-limits.command.ts'
import { addRegions } from '../customers/add-regions.command.ts'
import { createCustomers } from '../customers/create-customers.command.ts'
import { addContactsOfNewCustomers } from '../customers/keep-contacts.command.ts'
import { beginAnew } from '../customers/switch-customers.command.ts'
import { updateCustomers } from '../customers/update-customers.command.ts'
import type { ImportContext, ImportHandler } from './import-handler.query.ts'
import { type CustomerInput, FURTHER_CONTACT, judgeCustomerRows } from './judge-customers.query.ts'

/** 客户: similar names are a warning here, because the file says that they are two; the duplicate finder shows them afterwards. Neighbouring rows of one customer bring further contacts. */
export const customersImport: ImportHandler = {
  groupKey: ({ values, line }) => values['code'] ?? values['name'] ?? `line ${line}`,
  judge: judgeCustomerRows,
  save: async (tx, rows, context) => {
    const inputs = rows.flatMap((row) => (row.input === FURTHER_CONTACT ? [] : [row.input as CustomerInput]))
    await saveRegions(tx, inputs, context)
    const isBack = (input: CustomerInput) => input.revived !== undefined
    const fresh = inputs.filter((input) => !isBack(input))
    await createCustomers(
      tx,
      fresh.map((input) => input.customer),
      { acceptSimilar: true },
    )
    await bringBack(tx, inputs.filter(isBack))
    await saveContacts(tx, inputs)
    await saveLimits(tx, inputs)
    return { customers: inputs.map((input) => input.customer.id) }
  },
}

async function saveRegions(tx: Tx, inputs: readonly CustomerInput[], { newRegions }: ImportContext): Promise<void> {
  const used = new Set(inputs.map((input) => input.customer.regionId))
  const regions = [...newRegions].filter(([, id]) => used.has(id)).map(([name, id]) => ({ id, name }))
  addRegions(tx, regions)
  if (regions.length > 0) await tx.flush() // customers are judged by what the database holds
}

/** Customers that come back keep the contacts that they have. */
async function saveContacts(tx: Tx, inputs: readonly CustomerInput[]): Promise<void> {
  const back = inputs.flatMap(({ customer, revived }) => (revived === undefined ? [] : [customer.id]))
  const there = back.length === 0 ? [] : await contactNames(tx, back)
  const known = new Set(there.map(({ customerId, name }) => `${customerId} ${name}`))
  addContactsOfNewCustomers(
    tx,
    inputs.flatMap(({ customer: { id }, contacts }) =>
      contacts.filter(({ name }) => !known.has(`${id} ${name}`)).map((contact) => ({ ...contact, customerId: id })),
    ),
  )
}

function contactNames(tx: Tx, customerIds: readonly string[]): Promise<{ customerId: string; name: string }[]> {
  return tx.all(
    sql`select k.customer_id, k.name from ar.customer_contacts k where k.tenant_id = ${tx.caller.tenantId} and k.customer_id = any(${customerIds}::uuid[])`,
  )
}

/** What an import that was taken back had made comes again as this file says it, under its own id and code. Nothing uses it, so that its first terms may be others. */
async function bringBack(tx: Tx, inputs: readonly CustomerInput[]): Promise<void> {
  if (inputs.length === 0) return
  await updateCustomers(
    tx,
    inputs.map(({ customer, revived }) => {
      const { id, code: _code, termsId: _terms, salespersonId: _person, buyerScale: _scale, ...fields } = customer
      return { id, version: revived!, changes: { ...fields, status: 'active' as const } }
    }),
    { acceptSimilar: true },
  )
  await tx.flush() // a row is updated once a set
  await beginAnew(
    tx,
    inputs.map(({ customer: { id, termsId, salespersonId } }) => ({ id, termsId, salespersonId })),
  )
}

/** 信用额度: asked for by the credit module's own rules. Where these want somebody else's yes, each waits as a request. */
async function saveLimits(tx: Tx, inputs: readonly CustomerInput[]): Promise<void> {
  const limited = inputs.flatMap((input) => (input.limit === undefined ? [] : [{ customerId: input.customer.id, ...input.limit }]))
  if (limited.length === 0 || !may(tx.caller, 'credit.request')) return
  await tx.flush() // a limit is asked for of an account that is there
  const accounts = await lockCreditAccounts(
    tx,
    limited.map((one) => one.customerId),
  )
  await requestLimits(
    tx,
    limited.map(({ customerId, limitBase, until, reason }) => ({
      customerId,
      version: accounts.get(customerId)!.version,
      kind: until === null ? ('standard' as const) : ('temporary' as const),
      limitBase,
      effectiveFrom: tx.today,
      effectiveUntil: until,
      reason,
    })),
  )
}
