import type { MessageStatus as StatusName } from '../../../modules/messages/message.ts'
import type { listMessages } from '../../../modules/messages/messages.api.ts'
import type { Answer } from '../../api.ts'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'

export type Message = Answer<typeof listMessages>['items'][number]

/** Our word → the word of the vocabulary that gives it tone and icon. */
const looks: Readonly<Record<StatusName, string>> = {
  queued: 'submitted',
  sending: 'partPaid',
  sent: 'confirmed',
  uncertain: 'check',
  failed: 'rejected',
  withheld: 'cancelled',
  kept: 'dunningBlocked',
}

export function MessageStatus({ message, plain = false }: { message: Pick<Message, 'status' | 'refusedRecipients'>; plain?: boolean }) {
  const words = useWords('messages')
  const { status, refusedRecipients } = message
  const text = refusedRecipients > 0 ? words('partly', { count: refusedRecipients }) : words(`statuses.${status}`)
  return <Status word={refusedRecipients > 0 ? 'warn' : looks[status]} plain={plain} text={text} />
}

/** Why it is so, in words; the mail server's own sentence stands beside it. */
export function reasonText({ reason }: Pick<Message, 'reason'>, words: Words): string {
  return reason === null ? '' : words(`reasons.${reason}`, { defaultValue: reason })
}
