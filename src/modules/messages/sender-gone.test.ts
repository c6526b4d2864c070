import { describe, expect, test } from 'vitest'
import { messageStatuses, newMessage, queue, switchSendingTo } from '../../../test/harness/outbox.ts'
import { sendingStage } from '../../../test/harness/sending-stage.ts'
import { claimMessages } from './claim-messages.command.ts'
import { lookAfterOutbox } from './look-after-outbox.command.ts'
import { beginMessage, settleMessage } from './settle-message.command.ts'

const stage = sendingStage()
const { connected, send, look, stored, later, decide } = stage

describe('S10, T83: a sender that is gone', () => {
  const claimOne = (senderId: string) => stage.app.db.transaction(stage.company.system, (tx) => claimMessages(tx, senderId, 'plain', {}, 1))
  const SENDER = '00000000-0000-7000-8000-00000000000a'

  test('what it had claimed and not begun is sent by another', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('m')])
    await claimOne(SENDER)
    await look()
    expect((await stored('m')).status).toBe('sending')
    later(2)
    await look()
    expect(await stored('m')).toMatchObject({ status: 'queued', attempts: 0 })
    await stage.app.drain()
    expect([(await stored('m')).status, sink.taken.length]).toEqual(['sent', 1])
  })

  test('what it had begun is uncertain and stays with a person', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('m')])
    const { messages } = await claimOne(SENDER)
    expect(await stage.app.db.transaction(stage.company.system, (tx) => beginMessage(tx, SENDER, messages[0]!.id))).toBe(true)
    later(2)
    await look()
    await send()
    expect(await stored('m')).toMatchObject({ status: 'uncertain', reason: 'senderGone', attempts: 1 })
    expect(sink.taken).toEqual([])
  })

  test('back from the dead it does not send what another took over', async () => {
    await connected()
    await queue(stage.app, stage.company, [newMessage('m')])
    const { messages } = await claimOne(SENDER)
    later(2)
    await look()
    await claimOne('00000000-0000-7000-8000-00000000000b')
    expect(await stage.app.db.transaction(stage.company.system, (tx) => beginMessage(tx, SENDER, messages[0]!.id))).toBe(false)
  })

  test('an outcome that comes late still becomes known, unless a person has decided', async () => {
    await connected()
    await queue(stage.app, stage.company, [newMessage('late'), newMessage('decided')])
    const delivery = { outcome: 'accepted', code: 250, answer: '250 ok', recipients: [] } as const
    for (const key of ['late', 'decided']) {
      const [message] = (await claimOne(SENDER)).messages
      await stage.app.db.transaction(stage.company.system, (tx) => beginMessage(tx, SENDER, message!.id))
      later(key === 'late' ? 2 : 4)
      await look()
      if (key === 'decided') expect((await decide(key, 'doNotSend')).status).toBe(201)
      await stage.app.db.transaction(stage.company.system, (tx) => settleMessage(tx, SENDER, message!, delivery, tx.at))
    }
    expect([(await stored('late')).status, (await stored('decided')).status]).toEqual(['sent', 'withheld'])
  })
})

describe('T104: what a sender had claimed when the copy was made', () => {
  test('does not go out of a restored company when its sending is switched on before the clock has looked', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('claimed')])
    await stage.app.db.transaction(stage.company.system, (tx) => claimMessages(tx, stage.company.entityId, 'plain', {}, 1))
    await stage.app.database.pool.query('update ar.tenants set sending_enabled = false where tenant_id = $1', [stage.company.tenantId])
    stage.app.setNow('2026-11-21T09:00:00Z')
    await switchSendingTo(stage.company, true)
    await stage.app.db.transaction(stage.company.system, lookAfterOutbox)
    await stage.app.drain()
    expect([sink.taken.length, await messageStatuses(stage.app, stage.company)]).toEqual([0, { kept: 1 }])
  })
})
