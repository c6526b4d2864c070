import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { changeContact, insertContacts, insertNotes } from './customer-file.store.ts'
import { lockCustomers, readCustomers, requireVersion } from './lock-customers.query.ts'

/** Contacts of one customer; nobody has more, and a list of all of them stays one page. */
const CONTACTS_MOST = 200
export type ContactFields = {
  readonly name?: string | undefined
  readonly job?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly email?: string | null | undefined
  readonly purpose?: readonly string[] | undefined
  readonly isPrimary?: boolean | undefined
  readonly remark?: string | undefined
  readonly status?: 'active' | 'disabled' | undefined
}

/** Adds contacts to a customer. The audit entry names no person: names and numbers may have to be erased. */
export async function addContacts(
  tx: Tx,
  customerId: string,
  contacts: readonly (ContactFields & { readonly name: string })[],
): Promise<string[]> {
  await lockCustomers(tx, [customerId])
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*)::int as count from ar.customer_contacts k where k.tenant_id = ${tx.caller.tenantId} and k.customer_id = ${customerId}`,
  )
  if (count + contacts.length > CONTACTS_MOST) throw new Problem('customers.tooManyContacts', { most: CONTACTS_MOST })
  const rows = contacts.map((contact) => contactRow(customerId, contact))
  insertContacts(tx, rows)
  tx.audit({
    action: 'customers.contactAdded',
    entity: 'customer',
    entityId: customerId,
    detail: { contactIds: rows.map((row) => row.id) },
  })
  return rows.map((row) => row.id)
}

/** Contacts of customers that an import has just made: nobody else knows them yet, so there is nothing to count or to wait for. One audit entry for all. */
export function addContactsOfNewCustomers(
  tx: Tx,
  contacts: readonly (ContactFields & { readonly customerId: string; readonly name: string })[],
): void {
  const rows = contacts.map(({ customerId, ...contact }) => contactRow(customerId, contact))
  insertContacts(tx, rows)
  if (rows.length > 0)
    tx.audit({ action: 'customers.contactsAdded', entity: 'customer', detail: { contactIds: rows.map((row) => row.id) } })
}

function contactRow(customerId: string, contact: ContactFields & { readonly name: string }) {
  return {
    id: uuid(), customerId, name: contact.name, job: contact.job || null, phone: contact.phone || null, email: contact.email || null,
    purpose: contact.purpose ?? [], isPrimary: contact.isPrimary ?? false, remark: contact.remark ?? '',
  } // biome-ignore format: one line a group of fields
}

/** Changes the given fields of a contact. */
export async function editContact(tx: Tx, customerId: string, contactId: string, version: number, fields: ContactFields): Promise<void> {
  const stored = await tx.maybe<{ version: number }>(
    sql`select k.version from ar.customer_contacts k where k.tenant_id = ${tx.caller.tenantId} and k.id = ${contactId} and k.customer_id = ${customerId} for no key update`,
  )
  if (!stored) throw missing('contact')
  requireVersion(stored, version)
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length === 0) return
  changeContact(tx, { id: contactId, version, ...given }, Object.keys(given))
  tx.audit({
    action: 'customers.contactChanged',
    entity: 'customer',
    entityId: customerId,
    detail: { contactId, fields: Object.keys(given) },
  })
}

export type NewNote = {
  readonly customerId: string
  readonly kind: string
  readonly text: string
  readonly happenedOn: string
  readonly important: boolean
}

/** Adds notes, calls, visits or important events to the timelines of customers. Notes are never changed: a correction is another note. */
export async function addNotes(tx: Tx, notes: readonly NewNote[]): Promise<string[]> {
  await readCustomers(
    tx,
    notes.map((note) => note.customerId),
  )
  if (notes.some((note) => note.happenedOn > tx.today)) throw new Problem('customers.noteInFuture', {}, { path: 'happenedOn' })
  const rows = notes.map((note) => ({ id: uuid(), ...note, createdBy: tx.caller.actorId, createdAt: tx.at }))
  insertNotes(tx, rows)
  for (const row of rows)
    tx.audit({ action: 'customers.noteAdded', entity: 'customer', entityId: row.customerId, detail: { noteId: row.id, kind: row.kind } })
  return rows.map((row) => row.id)
}
