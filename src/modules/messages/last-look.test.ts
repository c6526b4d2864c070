import { describe, expect, test } from 'vitest'
import { newMessage, queue } from '../../../test/harness/outbox.ts'
import { sendingStage } from '../../../test/harness/sending-stage.ts'
import { uuid } from '../../kernel/uuid.ts'

const stage = sendingStage()
const { connected, send, stored } = stage

describe('what the preparer says', () => {
  test('withheld in the claiming transaction, the others with the words of this moment', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('paid', { kind: 'k' }), newMessage('due', { kind: 'k' }), newMessage('other')])
    const asked: string[][] = []
    await send({
      k: async (_tx, messages) => {
        asked.push(messages.map((message) => message.businessKey).sort())
        return new Map(
          messages.map((message) => [
            message.id,
            message.businessKey === 'paid'
              ? { withhold: 'paid' }
              : { send: { subject: 'now', html: '<p>now</p>', text: 'now', to: ['moved@customer.example.com'] } },
          ]),
        )
      },
    })
    expect(asked).toEqual([['due', 'paid']])
    expect(await stored('paid')).toMatchObject({ status: 'withheld', reason: 'paid', attempts: 0 })
    expect(sink.taken.map((mail) => mail.to[0]).sort()).toEqual(['finance@customer.example.com', 'moved@customer.example.com'])
    const shown = (await stage.company.people.collector.get(`/api/messages/${(await stored('due')).id}`)).body
    expect(shown).toMatchObject({ subject: 'now', html: '<p>now</p>', text: 'now', to: ['moved@customer.example.com'], status: 'sent' })
  })

  test('a preparer that fails sends nothing of its kind and stops no other', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('a', { kind: 'broken' }), newMessage('b', { kind: 'fine' })])
    const broken = async () => Promise.reject(new Error('the facts cannot be read'))
    await expect(send({ broken })).rejects.toThrow('the facts cannot be read')
    expect([(await stored('a')).status, (await stored('b')).status, sink.taken.length]).toEqual(['queued', 'sent', 1])
  })
})

describe('T45: what a preparer says at the last moment', () => {
  test.each([
    ['two in one', ['a@customer.example.com, evil@x.example.com']],
    ['a header in it', ['a@customer.example.com\r\nBcc: evil@x.example.com']],
    ['nobody', []],
    ['too many', Array.from({ length: 21 }, (_, index) => `a${index}@customer.example.com`)],
  ])('goes to no recipients that could not have been queued: %s', async (_, to) => {
    const sink = await connected()
    await queue(stage.app, stage.company, [newMessage('moved', { kind: 'k' }), newMessage('other')])
    await send({
      k: async (_tx, messages) => new Map(messages.map(({ id }) => [id, { send: { subject: 's', html: '<p>h</p>', text: 't', to } }])),
    })
    expect(await stored('moved')).toMatchObject({ status: 'withheld', reason: 'wrongAddress', attempts: 0 })
    expect(sink.taken.map((mail) => mail.to)).toEqual([['finance@customer.example.com']])
  })
})

test('a file that is not there any more: said as what it is, and no mail server is asked', async () => {
  const sink = await connected()
  await queue(stage.app, stage.company, [newMessage('gone', { fileIds: [uuid()] }), newMessage('fine')])
  await send()
  expect(await stored('gone')).toMatchObject({ status: 'withheld', reason: 'filesMissing' })
  expect([(await stored('fine')).status, sink.seen.length]).toEqual(['sent', 1])
})
