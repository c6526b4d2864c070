import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { composeMail } from '../../platform/mail/compose-mail.ts'
import { type Delivery, notReached } from '../../platform/mail/delivery.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import { MailServerRefused } from '../../platform/mail/mail-server.ts'
import { openMailSession } from '../../platform/mail/mail-session.ts'
import { sql } from '../../platform/sql.ts'
import { problemSentence, word } from '../../platform/words.ts'
import { isPlainAddress } from './address.ts'
import { compileMessage } from './compile-message.query.ts'
import { type StoredMailSettings, serverOf, storedMailSettings } from './mail-settings.query.ts'

/** A person waits for the answer. */
const PATIENCE = { connectMs: 15_000, silenceMs: 30_000 }
const TESTS_MOST = 10
const TESTS_MINUTES = 10

export type MailTest = { readonly delivery: Delivery; readonly to: string; readonly milliseconds: number }

/**
 * Sends one real message to the signed-in person's own address, also while sending is off, and tells what the mail server said. A few in ten minutes (messages.tooManyTests), each on the
 * record. Throws messages.noMailServer, messages.ownAddressWrong.
 */
export async function testMail(db: Database, caller: Caller, mail: MailAccess): Promise<MailTest> {
  const { stored, to, company } = await db.transaction(caller, prepareTest)
  const from = performance.now()
  const delivery = await handOver(db, caller, mail, stored, to, company)
  return { delivery, to, milliseconds: Math.round(performance.now() - from) }
}

async function prepareTest(tx: Tx) {
  const { tenantId, actorId } = tx.caller
  const stored = await storedMailSettings(tx)
  if (stored.settings.host === '') throw new Problem('messages.noMailServer')
  const { company, email, recent } = await tx.one<{ company: string; email: string | null; recent: bigint }>(sql`select t.name as company,
      (select p.email from ar.people p where p.tenant_id = t.tenant_id and p.id = ${actorId}) as email,
      (select count(*) from ar.audit_log l where l.tenant_id = t.tenant_id and l.actor_id = ${actorId} and l.action = 'messages.tested'
        and l.at > ${tx.at}::timestamptz - make_interval(mins => ${TESTS_MINUTES})) as recent
    from ar.tenants t where t.tenant_id = ${tenantId}`)
  if (email === null || !isPlainAddress(email)) throw new Problem('messages.ownAddressWrong')
  if (Number(recent) >= TESTS_MOST)
    throw new Problem('messages.tooManyTests', { most: TESTS_MOST, minutes: TESTS_MINUTES }, { kind: 'tooMany' })
  tx.audit({ action: 'messages.tested', entity: 'mailSettings', after: { host: stored.settings.host, to: email } })
  return { stored, to: email, company }
}

async function handOver(
  db: Database,
  caller: Caller,
  mail: MailAccess,
  stored: StoredMailSettings,
  to: string,
  company: string,
): Promise<Delivery> {
  const { senderName, senderAddress, replyTo } = stored.settings
  const say = (name: string): string => word(caller.language, `messages.testMail.${name}`)!
  const { fill } = await compileMessage({
    language: caller.language,
    subject: say('subject'),
    blocks: [{ kind: 'text', text: say('text') }],
    why: say('why'),
  })
  const raw = await composeMail({
    ...fill({ company }),
    headerId: `${uuid()}@${senderAddress.slice(senderAddress.indexOf('@') + 1)}`,
    from: { name: senderName, address: senderAddress },
    replyTo: replyTo === '' ? null : replyTo,
    to: [to],
    date: db.now(),
    attachments: [],
  })
  try {
    const session = await openMailSession(serverOf(stored, caller.tenantId, mail), { innerServers: mail.innerServers, ...PATIENCE })
    const delivery = await session.send({ from: senderAddress, to: [to] }, raw)
    session.close()
    return delivery
  } catch (error) {
    if (!(error instanceof MailServerRefused)) return notReached(error)
    return {
      outcome: 'notReached',
      code: null,
      answer: problemSentence(caller.language, `messages.${error.code}`, error.params),
      recipients: [],
    }
  }
}
