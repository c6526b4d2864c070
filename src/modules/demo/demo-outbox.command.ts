import type { Delivery } from '../../platform/mail/delivery.ts'
import { prepareReminders } from '../dunning/prepare-reminders.command.ts'
import { decideMessages } from '../messages/decide-messages.command.ts'
import { pretendDeliveries } from '../messages/pretend-deliveries.command.ts'
import { keptMessages } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'

const said = (outcome: Delivery['outcome'], code: number | null, answer: string): Delivery => ({ outcome, code, answer, recipients: [] })
const SENT = said('accepted', 250, '250 2.0.0 Ok: queued')
const UNCERTAIN = said('uncertain', null, 'Connection closed unexpectedly (ECONNECTION)')
const REFUSED = said('refused', 550, '550 5.1.1 User unknown')
/** Some went out, of two nobody knows, of one the mail server said that there is no such person. */
const DELIVERIES = [...Array<Delivery>(8).fill(SENT), UNCERTAIN, UNCERTAIN, REFUSED]

/**
 * After the first run of reminders that wrote enough of them: some in every state that the outbox shows. Most are kept, because a demo company never sends; of some it is told what a mail
 * server would have said, and about two a person has decided.
 */
export async function outbox(life: Life): Promise<void> {
  if (life.pretended) return
  const kept = await life.look(keptMessages)
  if (kept.length <= DELIVERIES.length) return
  life.pretended = true
  const deliveries = DELIVERIES.map((delivery, index) => ({ id: kept[index]!.id, delivery }))
  await life.act('administrator', (tx) => pretendDeliveries(tx, { dunning: prepareReminders }, deliveries))
  const { id, version } = kept[DELIVERIES.indexOf(UNCERTAIN)]!
  const decide = (decision: 'arrived' | 'doNotSend', about: { id: string; version: number }, note: string) =>
    life.act('financeManager', (tx) => decideMessages(tx, [about], decision, note))
  await decide('arrived', { id, version: version + 1 }, life.words.said.saidReceived)
  await decide('doNotSend', kept[DELIVERIES.length]!, life.words.said.talkedInstead)
}
