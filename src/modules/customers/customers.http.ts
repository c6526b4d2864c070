import { parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { createCustomers } from './create-customers.command.ts'
import { customerFacets, findCustomers, listContacts, listRegions, readCustomer } from './customer-detail.query.ts'
import * as file from './customer-file.api.ts'
import { listCustomers } from './customer-list.query.ts'
import * as merges from './customer-merges.api.ts'
import * as settings from './customer-settings.command.ts'
import { readCustomerSettings } from './customer-settings.query.ts'
import * as api from './customers.api.ts'
import { listDuplicates, listMerges } from './duplicates.query.ts'
import { addContacts, addContactsOfNewCustomers, addNotes, editContact } from './keep-contacts.command.ts'
import { dismissDuplicate, mergeCustomer, unmergeCustomer } from './merge-customers.command.ts'
import { checkTaxId } from './tax-id.ts'
import { changeLog, timeline } from './timeline.query.ts'
import { handOverCustomers, updateCustomers, verifyCustomers } from './update-customers.command.ts'

const OK = { ok: true } as const

export const customersHttp: readonly BoundRoute[] = [
  read(api.listCustomers, (reader, { query }) => listCustomers(reader, query)),
  read(api.findCustomers, (reader, { query }) => findCustomers(reader, query)),
  read(api.customerFacets, (reader) => customerFacets(reader)),
  read(api.previewProfile, async (_, { query }) => checkTaxId(query.taxId, query.country ?? null)),
  read(api.readCustomer, (reader, { params }) => readCustomer(reader, params.id)),
  write(api.createCustomer, async (tx, { body: { acceptSimilar, contact, askedLimit, ...customer } }) => {
    const firstLimitBase = askedLimit === undefined ? undefined : parseMinor(askedLimit, tx.caller.baseCurrency)
    if (askedLimit !== undefined && firstLimitBase === undefined)
      throw new Problem('platform.notAnAmount', {}, { kind: 'invalid', path: 'askedLimit' })
    const [id] = await createCustomers(tx, [customer], { acceptSimilar, ...(firstLimitBase === undefined ? {} : { firstLimitBase }) })
    if (contact) addContactsOfNewCustomers(tx, [{ ...contact, customerId: id!, isPrimary: true }])
    return { id: id! }
  }),
  write(api.updateCustomer, async (tx, { params, body: { version, changes, acceptSimilar } }) => {
    await updateCustomers(tx, [{ id: params.id, version, changes }], { acceptSimilar })
    return OK
  }),
  write(api.verifyCustomer, async (tx, { params, body }) => {
    await verifyCustomers(tx, [{ id: params.id, version: body.version }])
    return OK
  }),
  write(api.handOverCustomers, async (tx, { body: { customers, ...to } }) => {
    await handOverCustomers(tx, customers, to)
    return OK
  }),
  read(file.listContacts, (reader, { params }) => listContacts(reader, params.id)),
  write(file.addContact, async (tx, { params, body }) => {
    const [id] = await addContacts(tx, params.id, [body])
    return { id: id! }
  }),
  write(file.editContact, async (tx, { params, body: { version, ...fields } }) => {
    await editContact(tx, params.id, params.contactId, version, fields)
    return OK
  }),
  write(file.addNote, async (tx, { params, body: { happenedOn, ...note } }) => {
    const [id] = await addNotes(tx, [{ customerId: params.id, ...note, happenedOn: happenedOn ?? tx.today }])
    return { id: id! }
  }),
  read(file.timeline, (reader, { params, query }) => timeline(reader, params.id, query)),
  read(file.changeLog, (reader, { params, query }) => changeLog(reader, params.id, query)),
  read(file.listRegions, (reader) => listRegions(reader)),
  write(file.createRegion, async (tx, { body }) => ({ id: await settings.createRegion(tx, body.name) })),
  write(file.renameRegion, async (tx, { params, body }) => {
    await settings.renameRegion(tx, params.id, body.version, body.name)
    return OK
  }),
  read(file.readCustomerSettings, (reader) => readCustomerSettings(reader)),
  write(file.saveCustomerSettings, async (tx, { body }) => {
    await settings.saveCustomerSettings(tx, body)
    return OK
  }),
  read(merges.listDuplicates, (reader, { query }) => listDuplicates(reader, query)),
  write(merges.dismissDuplicate, async (tx, { body }) => {
    await dismissDuplicate(tx, body.aId, body.bId)
    return OK
  }),
  write(merges.mergeCustomer, async (tx, { body }) => ({ id: await mergeCustomer(tx, body) })),
  write(merges.undoMerge, async (tx, { params, body }) => {
    await unmergeCustomer(tx, params.id, body.version)
    return OK
  }),
  read(merges.listMerges, (reader, { query }) => listMerges(reader, query)),
]
