import type { Language } from '../../kernel/language.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { areRecipients } from './address.ts'
import { type StoredMailSettings, storedMailSettings } from './mail-settings.query.ts'
import { markSending, markWithheld } from './message.store.ts'
import type { MessageContent } from './message.ts'
import { withoutTheirFiles } from './message-files.query.ts'
import { type ClaimedMessage, type Preparation, type Preparers, prepareMessages } from './prepare-messages.command.ts'

/** A claimed message with the words, recipients and Message-ID it goes out with. */
export type ReadyMessage = Omit<ClaimedMessage, 'html'> & MessageContent & { readonly headerId: string }
export type Claim = { readonly messages: readonly ReadyMessage[]; readonly mail: StoredMailSettings; readonly withheld: number }

type DueRow = Omit<ClaimedMessage, 'to' | 'language'> & { recipients: string[]; language: Language; headerId: string | null }

/**
 * What a claim is to be narrowed by. `sharedBy`: kinds that wait for a part of the limit of this minute, this one included: it takes no more than its share. `only`: one message, looked at
 * alone. `looked`: is told the ids before they are prepared, for knowing what it was about when that fails.
 */
export type ClaimWanted = { readonly sharedBy?: number; readonly only?: string; readonly looked?: (ids: readonly string[]) => void }

/**
 * Takes due messages of one kind for this sender: locked rows that others skip, looked at once more by the kind's preparer in this same transaction, marked as being sent. Nothing when
 * sending is off, no mail server is set, or the company's limit a minute is used up. The lock on the settings makes several senders count one after the other.
 */
export async function claimMessages(
  tx: Tx,
  senderId: string,
  kind: string,
  preparers: Preparers,
  most: number,
  { sharedBy = 1, only, looked }: ClaimWanted = {},
): Promise<Claim> {
  const mail = await storedMailSettings(tx)
  const room = mail.settings.host === '' ? 0 : Math.min(most, Math.ceil((await roomThisMinute(tx, mail.settings.perMinute)) / sharedBy))
  if (room <= 0) return { messages: [], mail, withheld: 0 }
  const due = (await lockDue(tx, kind, room, only)).map(({ recipients, ...message }) => ({ ...message, to: recipients }))
  looked?.(due.map(({ id }) => id))
  const answers = await prepareMessages(tx, preparers, due)
  const fileless = await withoutTheirFiles(tx, due)
  const ready: ReadyMessage[] = []
  const withheld: { message: ClaimedMessage; reason: string }[] = []
  for (const message of due) {
    const answer = judged(message, answers.get(message.id)!, fileless)
    if ('withhold' in answer) withheld.push({ message, reason: answer.withhold })
    else ready.push({ ...message, to: message.to, ...answer.send, headerId: message.headerId ?? headerIdOf(message.id, mail) })
  }
  markSending(tx, senderId, ready)
  markWithheld(tx, withheld)
  return { messages: ready, mail, withheld: withheld.length }
}

/** Whatever a preparer says, a message goes only where it could have been queued for, and only with all of its files. */
function judged({ id, to }: ClaimedMessage, answer: Preparation, fileless: ReadonlySet<string>): Preparation {
  if ('withhold' in answer) return answer
  if (!areRecipients(answer.send.to ?? to)) return { withhold: 'wrongAddress' }
  return fileless.has(id) ? { withhold: 'filesMissing' } : answer
}

/** Made once, of the message's own id: a second copy of it, whoever sends it, is the same message. */
function headerIdOf(id: string, { settings }: StoredMailSettings): string {
  return `${id}@${settings.senderAddress.slice(settings.senderAddress.indexOf('@') + 1)}`
}

/** How many more may be begun in this minute; 0 while sending is off. Holds the company's switch and the settings until the commit. */
async function roomThisMinute(tx: Tx, perMinute: number): Promise<number> {
  const { tenantId } = tx.caller
  const on = await tx.maybe(sql`select 1 as one from ar.tenants t where t.tenant_id = ${tenantId} and t.sending_enabled for share`)
  if (on === undefined) return 0
  await tx.maybe(sql`select 1 as one from ar.settings s where s.tenant_id = ${tenantId} and s.key = 'mail' for no key update`)
  const { used } = await tx.one<{ used: bigint }>(sql`select
    (select count(*) from ar.message_attempts a where a.tenant_id = ${tenantId} and a.begun_at > ${tx.at}::timestamptz - interval '1 minute')
    + (select count(*) from ar.messages m where m.tenant_id = ${tenantId} and m.status = 'sending') as used`)
  return perMinute - Number(used)
}

function lockDue(tx: Tx, kind: string, most: number, only: string | undefined): Promise<DueRow[]> {
  return tx.all<DueRow>(sql`select m.id, m.business_key, m.kind, m.entity, m.entity_id, m.customer_id, m.person_id, m.recipients, m.language, m.subject, m.file_ids, m.attempts,
      m.version, m.header_id, c.html, c.frame_id, c.facts, c.text
    from ar.messages m join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id
    where m.tenant_id = ${tx.caller.tenantId} and m.status = 'queued' and m.kind = ${kind} and m.next_at <= ${tx.at} and ${only === undefined ? sql`true` : sql`m.id = ${only}`}
    order by m.next_at, m.id limit ${most} for no key update of m skip locked`)
}

/** The kinds of which something is due. */
export async function dueKinds(tx: Tx): Promise<string[]> {
  const rows = await tx.all<{ kind: string }>(
    sql`select distinct m.kind from ar.messages m where m.tenant_id = ${tx.caller.tenantId} and m.status = 'queued' and m.next_at <= ${tx.at} order by m.kind limit 100`,
  )
  return rows.map((row) => row.kind)
}
