import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { forgetUndeliverable, insertUndeliverable } from './message.store.ts'

/**
 * A person says of an address that a message to a customer went to that it does not work (what went there came back), or that it works after all. Nothing is written to it meanwhile, and
 * whoever is to write asks for another one. Throws platform.notFound, messages.notItsAddress when the message was not for it.
 */
export async function sayUndeliverable(
  tx: Tx,
  messageId: string,
  { address: given, works, note }: { readonly address: string; readonly works: boolean; readonly note: string },
): Promise<void> {
  const { tenantId } = tx.caller
  const address = given.trim().toLowerCase()
  // the customer is held, so that two people who say it at once come one after the other
  const message = await tx.maybe<{ customerId: string; recipients: string[] }>(sql`select m.customer_id, m.recipients from ar.messages m
    join ar.customers c on c.tenant_id = ${tenantId} and c.id = m.customer_id where m.tenant_id = ${tenantId} and m.id = ${messageId} for no key update of c`)
  if (message === undefined) throw missing('message')
  if (!message.recipients.some((one) => one.toLowerCase() === address)) throw new Problem('messages.notItsAddress', {}, { path: 'address' })
  const { customerId } = message
  const known = await tx.maybe(sql`select 1 as one from ar.undeliverable_addresses u
    where u.tenant_id = ${tenantId} and u.customer_id = ${customerId} and u.address = ${address}`)
  if ((known === undefined) === works) return
  if (works) forgetUndeliverable(tx, { customerId, address })
  else insertUndeliverable(tx, { customerId, address, messageId, note })
  tx.audit({
    action: works ? 'messages.addressWorks' : 'messages.addressFails',
    entity: 'message',
    entityId: messageId,
    detail: { customerId, note },
  })
}
