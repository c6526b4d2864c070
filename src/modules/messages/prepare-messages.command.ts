import type { Tx } from '../../platform/db.ts'
import { htmlOfMessages, type StoredHtml } from './html-of-messages.query.ts'
import type { MessageAbout, MessageContent } from './message.ts'

/** A message that a sender has claimed: as it was queued. */
export type ClaimedMessage = MessageAbout &
  StoredHtml & {
    readonly subject: string
    readonly text: string
    readonly fileIds: readonly string[]
    readonly attempts: number
    readonly version: number
  }

/** What is done with a claimed message: sent with the words of this moment (`to` only if the recipients changed), or withheld for a reason (a code of `messages.reasons`). */
export type Preparation = { readonly send: MessageContent & { readonly to?: readonly string[] } } | { readonly withhold: string }

/**
 * Looks once more at messages of its kind, in the transaction that claims them: what was paid, put on hold or disputed since they were queued is left out here. It answers by
 * message id, with statements for all of them together, locks what must not change between this look and the commit, and may write its own tables (a step that was
 * withheld). A message without an answer is sent as it was queued.
 */
export type Preparer = (tx: Tx, messages: readonly ClaimedMessage[]) => Promise<ReadonlyMap<string, Preparation>>

/** One preparer a kind of message; kinds without one are sent as they were queued. */
export type Preparers = Readonly<Record<string, Preparer>>

/** The answer of the kind's preparer for each message; kinds without one are sent as they were queued. */
export async function prepareMessages(
  tx: Tx,
  preparers: Preparers,
  messages: readonly ClaimedMessage[],
): Promise<Map<string, Preparation>> {
  const answers = new Map<string, Preparation>()
  for (const [kind, ofKind] of Map.groupBy(messages, (message) => message.kind)) {
    const preparer = Object.hasOwn(preparers, kind) ? preparers[kind] : undefined
    const given = await preparer?.(tx, ofKind)
    for (const { id } of ofKind) if (given?.has(id)) answers.set(id, given.get(id)!)
  }
  const asQueued = messages.filter(({ id }) => !answers.has(id))
  const htmls = await htmlOfMessages(tx, asQueued)
  for (const [index, { id, subject, text }] of asQueued.entries()) answers.set(id, { send: { subject, html: htmls[index]!, text } })
  return answers
}
