import { describe, expect, test } from 'vitest'
import { messageStatuses, newMessage, queue } from '../../../test/harness/outbox.ts'
import { sendingStage } from '../../../test/harness/sending-stage.ts'
import type { Preparer } from './prepare-messages.command.ts'

const stage = sendingStage()
const { connected, send, stored, later } = stage
const many = (kind: string, count: number) =>
  queue(
    stage.app,
    stage.company,
    Array.from({ length: count }, (_, index) => newMessage(`${kind} ${index}`, { kind })),
  )

describe('the limit of a minute', () => {
  test('is shared by the kinds that wait: a thousand reminders do not keep a report waiting', async () => {
    const sink = await connected({}, { perMinute: 10 })
    await many('dunning-like', 30)
    await many('report-like', 5)
    await many('zebra', 2)
    await send()
    const sent = (kind: string) => sink.taken.filter((mail) => mail.raw.includes(`提醒 ${kind}`) || decoded(mail.raw).includes(kind)).length
    expect(sink.taken).toHaveLength(10)
    expect(sent('zebra')).toBe(2)
    expect(sent('report-like')).toBeGreaterThanOrEqual(3)
    expect(sent('dunning-like')).toBeGreaterThanOrEqual(3)
  })

  test('what the others do not need goes to whoever has more', async () => {
    const sink = await connected({}, { perMinute: 40 })
    await many('dunning-like', 60)
    await many('report-like', 1)
    await send()
    expect(sink.taken).toHaveLength(40)
  })
})

describe('a message that its preparer fails at', () => {
  const failing: Preparer = async (_, messages) => {
    if (messages.some(({ businessKey }) => businessKey === 'k 3')) throw new TypeError('cannot read the rows of 3')
    return new Map()
  }

  test('is put off and said; the others of its kind go out', async () => {
    const sink = await connected()
    await many('k', 25)
    await many('other', 2)
    await expect(send({ k: failing })).rejects.toThrow('cannot read the rows of 3')
    expect(sink.taken).toHaveLength(26)
    expect(await messageStatuses(stage.app, stage.company)).toEqual({ sent: 26, queued: 1 })
    expect(await stored('k 3')).toMatchObject({ status: 'queued', reason: 'notPrepared', answer: 'cannot read the rows of 3', attempts: 0 })
    const { financeManager } = stage.company.people
    expect((await financeManager.get('/api/messages/counts')).body).toMatchObject({ queued: 1, notPrepared: 1 })
    expect((await financeManager.get('/api/notifications')).body.items).toMatchObject([{ kind: 'messages.notPrepared' }])
  })

  test('is tried again with growing waits, goes out when it can, and has failed when it never could', async () => {
    const sink = await connected()
    await many('k', 4)
    await send({ k: failing }).catch(() => undefined)
    await send({ k: failing })
    expect(sink.taken).toHaveLength(3)
    later(2)
    await send()
    expect(await stored('k 3')).toMatchObject({ status: 'sent', reason: null, attempts: 1 })

    await connected()
    await many('k', 4)
    let minutes = 2
    for (const wait of [0, 1, 3, 10, 20, 30, 60, 120, 240, 480]) {
      minutes += wait + 1
      later(minutes)
      await send({ k: failing }).catch(() => undefined)
    }
    expect(await stored('k 3')).toMatchObject({ status: 'failed', reason: 'notPrepared' })
  })
})

function decoded(raw: string): string {
  return raw.replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
}
