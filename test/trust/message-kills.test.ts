import { afterEach, describe, expect, test } from 'vitest'
import { killSenders } from '../../scripts/proof/message-kills.ts'
import { randomOf } from '../../scripts/proof/random.ts'
import { createTestDatabase, type TestDatabase } from '../harness/database.ts'

const SEED = 20_261_121
let database: TestDatabase
afterEach(() => database.drop())

async function run(more: { messages: number; kills: number; repeatBlindly?: boolean }) {
  database = await createTestDatabase()
  const { ownerUrl, appUrl } = database
  return killSenders({ ownerUrl, appUrl, random: randomOf(SEED).next, ...more })
}

describe('senders that are killed while a mail server refuses, delays and cuts after the end of the message', () => {
  test('S10, T83, T95: no message arrives twice, none is lost, and every row agrees with the mail server', async () => {
    const { faults, killed, statuses, arrived } = await run({ messages: 400, kills: 4 })
    expect(faults).toEqual([])
    expect(killed).toBe(4)
    expect(arrived).toBeGreaterThan(300)
    expect(statuses['uncertain']).toBeGreaterThan(0)
  }, 240_000)

  test('the control: uncertain messages repeated without asking arrive twice, and that is found', async () => {
    const { faults } = await run({ messages: 200, kills: 1, repeatBlindly: true })
    expect(faults.filter((fault) => fault.includes('arrived 2 times'))).not.toEqual([])
  }, 240_000)
})
