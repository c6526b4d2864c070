import { describe, expect, test } from 'vitest'
import { messageStatuses, newMessage, queue, switchSendingTo } from '../../../test/harness/outbox.ts'
import { sendingStage } from '../../../test/harness/sending-stage.ts'
import { claimMessages } from './claim-messages.command.ts'
import { beginMessage } from './settle-message.command.ts'

const stage = sendingStage()
const { connected, send, look, stored, later, attempts, decide } = stage

describe('a person decides', () => {
  test('it arrived; send again; do not send: each on the record, by who may', async () => {
    let cut = true
    const sink = await connected({ script: () => (cut ? { cut: 'afterData', isTaken: false } : {}) })
    await queue(stage.app, stage.company, [newMessage('a'), newMessage('b'), newMessage('c')])
    await send()
    expect((await decide('a', 'arrived', 'collector')).status).toBe(403)
    expect((await decide('a', 'arrived')).status).toBe(201)
    expect(await stored('a')).toMatchObject({ status: 'sent', attempts: 2 })
    expect((await attempts('a')).map((one) => one.outcome)).toEqual(['uncertain', 'saidToHaveArrived'])
    expect((await decide('b', 'doNotSend')).status).toBe(201)
    const { headerId } = await stored('c')
    cut = false
    expect((await decide('c', 'send')).status).toBe(201)
    await stage.app.drain()
    expect(await stored('c')).toMatchObject({ status: 'sent', attempts: 2, headerId })
    expect(sink.taken.map((mail) => mail.headerId)).toEqual([headerId])
    expect(await decide('a', 'send')).toMatchObject({ status: 409, body: { code: 'messages.notPossible' } })
    const { body } = await stage.company.people.auditor.get(`/api/audit?entityId=${(await stored('c')).id}`)
    expect(body.items.map((entry: { action: string }) => entry.action)).toEqual(['messages.released'])
  })

  test('the list gives what waits for a person, by status; other companies’ messages are not there', async () => {
    await connected({ script: (count) => (count % 2 === 0 ? { cut: 'afterData' } : {}) })
    await queue(stage.app, stage.company, [newMessage('a'), newMessage('b'), newMessage('c'), newMessage('d')])
    await send()
    const { collector } = stage.company.people
    const counts = (await collector.get('/api/messages/counts')).body
    expect(counts).toMatchObject({ sendingEnabled: true, uncertain: 2 })
    const page = (await collector.get('/api/messages?limit=1&status=uncertain')).body
    expect([page.items.length, page.total]).toEqual([1, 2])
    const next = (await collector.get(`/api/messages?limit=1&status=uncertain&cursor=${page.nextCursor}`)).body
    expect(next.items[0].id).not.toBe(page.items[0].id)
    expect((await collector.get('/api/messages?fromOn=2026-11-21&untilOn=2026-11-21')).body.total).toBe(4)
    expect((await collector.get('/api/messages?fromOn=2026-11-22')).body.total).toBe(0)
    const stranger = (await stage.app.company()).people.administrator
    expect((await stranger.get('/api/messages')).body.total).toBe(0)
    expect((await stranger.get(`/api/messages/${page.items[0].id}`)).status).toBe(404)
    expect(
      (await stranger.post('/api/messages/decisions', { messages: [{ id: page.items[0].id, version: 1 }], decision: 'arrived' })).status,
    ).toBe(404)
    expect((await stage.company.people.salesperson.get('/api/messages')).status).toBe(403)
  })
})

describe('while sending is off', () => {
  test('messages are kept; switching on sends none of them; a person may release one', async () => {
    const sink = await connected()
    await switchSendingTo(stage.company, false)
    await queue(stage.app, stage.company, [newMessage('old'), newMessage('other')])
    await stage.app.drain()
    expect(await stored('old')).toMatchObject({ status: 'kept' })
    expect(await decide('old', 'send')).toMatchObject({ status: 422, body: { code: 'messages.sendingIsOff' } })
    await switchSendingTo(stage.company, true)
    await look()
    await stage.app.drain()
    expect([sink.taken.length, await messageStatuses(stage.app, stage.company)]).toEqual([0, { kept: 2 }])
    expect((await decide('old', 'send')).status).toBe(201)
    await stage.app.drain()
    expect([sink.taken.length, await messageStatuses(stage.app, stage.company)]).toEqual([1, { kept: 1, sent: 1 }])
  })

  test('what waits when it is switched off is kept, and what a sender has claimed does not go out any more', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('claimed'), newMessage('waiting')])
    const { messages } = await stage.app.db.transaction(stage.company.system, (tx) =>
      claimMessages(tx, stage.company.entityId, 'plain', {}, 1),
    )
    await switchSendingTo(stage.company, false)
    expect(await stage.app.db.transaction(stage.company.system, (tx) => beginMessage(tx, stage.company.entityId, messages[0]!.id))).toBe(
      false,
    )
    later(2)
    await look()
    await send()
    expect([sink.taken.length, await messageStatuses(stage.app, stage.company)]).toEqual([0, { kept: 2 }])
  })

  test('T104: after a restore: sending is off, and what the copy holds as queued or being sent does not go out when it is switched on', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('queued'), newMessage('begun')])
    const { messages } = await stage.app.db.transaction(stage.company.system, (tx) =>
      claimMessages(tx, stage.company.entityId, 'plain', {}, 1),
    )
    await stage.app.db.transaction(stage.company.system, (tx) => beginMessage(tx, stage.company.entityId, messages[0]!.id))
    await stage.app.database.pool.query('update ar.tenants set sending_enabled = false where tenant_id = $1', [stage.company.tenantId])
    later(60)
    await switchSendingTo(stage.company, true)
    await look()
    await stage.app.drain()
    expect(sink.taken).toEqual([])
    expect(await messageStatuses(stage.app, stage.company)).toEqual({ kept: 1, uncertain: 1 })
  })
})
