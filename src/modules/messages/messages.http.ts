import { type BoundRoute, read, write } from '../../platform/http.ts'
import { company } from '../company/company.query.ts'
import { decideMessages } from './decide-messages.command.ts'
import * as api from './messages.api.ts'
import { type ListedMessage, message, messageCounts, messages } from './messages.query.ts'
import { sayUndeliverable } from './say-undeliverable.command.ts'

export const messagesHttp: readonly BoundRoute[] = [
  read(api.listMessages, async (reader, { query }) => {
    const { items, ...rest } = await messages(reader, query)
    return { ...rest, items: items.map(shown) }
  }),
  read(api.countMessages, async (reader) => {
    const { sendingEnabled } = await company(reader)
    return { ...(await messageCounts(reader)), sendingEnabled }
  }),
  read(api.getMessage, async (reader, { params }) => {
    const { history, ...detail } = await message(reader, params.id)
    const attempts = history.map((one) => ({
      ...one,
      begunAt: one.begunAt.toISOString(),
      endedAt: one.endedAt.toISOString(),
      recipients: [...one.recipients],
    }))
    return { ...shown(detail), history: attempts }
  }),
  write(api.postDecisions, async (tx, { body }) => {
    await decideMessages(tx, body.messages, body.decision, body.note)
    return { ok: true } as const
  }),
  write(api.sayUndeliverable, async (tx, { params, body }) => {
    await sayUndeliverable(tx, params.id, body)
    return { ok: true } as const
  }),
]

function shown<M extends ListedMessage>({ nextAt, createdAt, sentAt, ...rest }: M) {
  return { ...rest, nextAt: nextAt.toISOString(), createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null }
}
