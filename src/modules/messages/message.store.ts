import type { Tx } from '../../platform/db.ts'
import { type MessageStatus, type NewMessage, subjectLine } from './message.ts'

/** Adds messages with their content; each has its first status and, where it will not be sent, why. */
export function insertMessages(
  tx: Tx,
  messages: readonly { readonly message: NewMessage; readonly status: MessageStatus; readonly reason: string | null }[],
): void {
  tx.insert(
    'messages',
    messages.map(({ message, status, reason }) => {
      const { id, businessKey, kind, entity, entityId, customerId, personId, language, to, fileIds = [] } = message
      const about = { id, businessKey, kind, entity, entityId, customerId, personId, language }
      const mail = { recipients: to, subject: subjectLine(message.subject), fileIds }
      return { ...about, ...mail, status, reason, nextAt: tx.at, queuedBy: tx.caller.actorId, createdAt: tx.at }
    }),
  )
  tx.insert(
    'message_contents',
    messages.map(({ message: { id, html, text } }) => ({ messageId: id, html, text })),
  )
}
