import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { createRules } from './edit-rules.command.ts'
import { requestApprovals } from './request-approvals.command.ts'
import { withdrawApprovals } from './withdraw-approvals.command.ts'

let app: TestApp
let company: TestCompany
const summary = {
  about: { key: 'approvals.kind.writeOff' },
  facts: [],
  ifApproved: { key: 'x' },
  ifRejected: { key: 'x' },
  reasonNeeded: false,
}
const noConditions = {
  kind: 'writeOff',
  name: 'two steps',
  conditions: {},
  steps: [{ role: 'salesManager' }, { role: 'financeManager' }],
} as const

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

async function fresh(): Promise<TestCompany> {
  company = await app.company()
  await app.db.transaction(company.people.financeManager.caller, (tx) => createRules(tx, [noConditions]))
  return company
}
/** Asks for `count` write-offs by one command; the requests' ids with their entities. */
async function ask(by: Person, count = 1, customerId: string | null = null): Promise<{ id: string; entityId: string }[]> {
  const wanted = Array.from({ length: count }, () => ({
    kind: 'writeOff' as const,
    entityId: uuid(),
    customerId,
    amountBase: 100n,
    contentHash: Buffer.from('content'),
    summary,
    facts: { amountBase: 100n },
  }))
  const answers = await app.db.transaction(by.caller, (tx) => requestApprovals(tx, wanted))
  return [...answers].map(([entityId, answer]) => ({ id: answer.needed ? answer.requestId : '', entityId }))
}
const decide = (by: Person, id: string, version: number, decision = 'approved') =>
  by.post('/api/approvals/decisions', { decisions: [{ id, version, decision, reason: 'too much' }] })
type Told = { kind: string; entityId: string | null; readAt: string | null; ended: string | null; params: Record<string, unknown> }
const told = async (who: Person): Promise<Told[]> => (await who.get('/api/notifications')).body.items
const kinds = async (who: Person) => (await told(who)).map(({ kind, ended }) => `${kind} ${ended}`)

describe('who can decide is told', () => {
  test('of the first step, then of the next; who asked learns the end', async () => {
    const { salesManager, financeManager, arAccountant, administrator } = (await fresh()).people
    const [asked] = await ask(arAccountant)
    expect(await told(salesManager)).toMatchObject([
      {
        kind: 'approvals.toDecide',
        entityId: asked!.id,
        readAt: null,
        ended: null,
        params: { by: 'arAccountant', about: summary.about },
      },
    ])
    expect(await told(financeManager)).toEqual([])
    expect((await decide(salesManager, asked!.id, 1)).status).toBe(201)
    expect(await kinds(salesManager)).toEqual(['approvals.toDecide passed'])
    expect((await told(salesManager))[0]!.readAt).not.toBeNull()
    expect(await kinds(financeManager)).toEqual(['approvals.toDecide null'])
    expect(await told(arAccountant)).toEqual([])
    expect((await decide(financeManager, asked!.id, 2, 'rejected')).status).toBe(201)
    expect(await kinds(financeManager)).toEqual(['approvals.toDecide rejected'])
    expect(await told(arAccountant)).toMatchObject([
      { kind: 'approvals.rejected', entityId: asked!.id, params: { by: 'financeManager', reason: 'too much' } },
    ])
    expect(await told(administrator)).toEqual([])
  })
  test('an administrator only where nobody else can decide', async () => {
    const { salesManager, administrator } = (await fresh()).people
    await ask(salesManager)
    expect(await kinds(administrator)).toEqual(['approvals.toDecide null'])
    expect(await told(salesManager)).toEqual([])
  })
  test('a delegate once, and only on the days of the delegation', async () => {
    const { salesManager, financeManager, arAccountant, collector, secondSalesperson } = (await fresh()).people
    const delegate = async (to: Person, fromOn: string) => {
      const body = { delegateId: to.caller.actorId, fromOn, untilOn: '2026-12-31' }
      expect((await salesManager.post('/api/approval-delegations', body)).status).toBe(201)
    }
    await delegate(collector, '2026-11-21')
    await delegate(secondSalesperson, '2026-11-22')
    await delegate(arAccountant, '2026-11-21')
    await ask(arAccountant)
    expect(await kinds(collector)).toEqual(['approvals.toDecide null'])
    expect(await kinds(salesManager)).toEqual(['approvals.toDecide null'])
    for (const nobody of [secondSalesperson, arAccountant, financeManager]) expect(await told(nobody)).toEqual([])
  })
  test('only people who see the customer', async () => {
    const { salesManager, administrator, arAccountant, secondSalesperson } = (await fresh()).people
    const created = await arAccountant.post('/api/customers', { name: 'Other team Ltd', salespersonId: secondSalesperson.caller.actorId })
    expect(created.status).toBe(201)
    await ask(arAccountant, 1, created.body.id)
    expect(await told(salesManager)).toEqual([])
    expect(await kinds(administrator)).toEqual(['approvals.toDecide null'])
  })
  test('of many requests at once by one notice', async () => {
    const { salesManager, arAccountant } = (await fresh()).people
    await ask(arAccountant, 6)
    expect(await told(salesManager)).toMatchObject([{ kind: 'approvals.manyToDecide', entityId: null, params: { count: 6 } }])
  })
})

describe('what is taken back asks nobody any more', () => {
  test('by who asked', async () => {
    const { salesManager, arAccountant } = (await fresh()).people
    const [asked] = await ask(arAccountant)
    expect((await arAccountant.post(`/api/approvals/${asked!.id}/withdrawal`, { version: 1 })).status).toBe(201)
    expect(await kinds(salesManager)).toEqual(['approvals.toDecide withdrawn'])
    expect(await told(arAccountant)).toEqual([])
  })
  test('by the module whose document has changed, and asking again tells again', async () => {
    const { salesManager, arAccountant } = (await fresh()).people
    const [asked] = await ask(arAccountant)
    await app.db.transaction(arAccountant.caller, (tx) => withdrawApprovals(tx, 'writeOff', [asked!.entityId], 'void'))
    await ask(arAccountant)
    expect(await kinds(salesManager)).toEqual(['approvals.toDecide null', 'approvals.toDecide void'])
  })
})
