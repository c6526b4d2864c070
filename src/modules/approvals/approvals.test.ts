import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { createRules, foundApprovalRules, type RuleInput } from './edit-rules.command.ts'
import { requestApprovals } from './request-approvals.command.ts'

let app: TestApp
let company: TestCompany
const summary = {
  about: { key: 'approvals.kind.writeOff' },
  facts: [],
  ifApproved: { key: 'x' },
  ifRejected: { key: 'x' },
  reasonNeeded: false,
}
const twoSteps: RuleInput = {
  kind: 'writeOff',
  name: 'two steps',
  conditions: { amountFrom: '1000' },
  steps: [{ role: 'salesManager' }, { role: 'financeManager' }],
}

beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  await app.db.transaction(company.people.financeManager.caller, (tx) => createRules(tx, [twoSteps]))
})
afterAll(() => app.close())

/** Asks for a write-off of `yuan`; the request's id, or undefined where nobody needs to be asked. */
async function ask(by: Person, yuan: number, mustAsk = false): Promise<string> {
  const entityId = uuid()
  const wanted = {
    kind: 'writeOff' as const,
    entityId,
    customerId: null,
    amountBase: BigInt(yuan) * 100n,
    contentHash: Buffer.from('content'),
    summary,
    facts: { amountBase: BigInt(yuan) * 100n },
    mustAsk,
  }
  const answers = await app.db.transaction(by.caller, (tx) => requestApprovals(tx, [wanted]))
  const answer = answers.get(entityId)!
  return answer.needed ? answer.requestId : 'approved by rule'
}
const decide = (by: Person, id: string, decision = 'approved', version = 1, reason = 'ok') =>
  by.post('/api/approvals/decisions', { decisions: [{ id, version, decision, reason }] })
const status = async (id: string) => (await company.people.auditor.get(`/api/approvals/${id}`)).body
const inbox = async (by: Person, box = 'toDecide'): Promise<string[]> =>
  (await by.get(`/api/approvals?box=${box}`)).body.items.map((item: { id: string }) => item.id)

describe('a request', () => {
  test('is not needed where no rule asks', async () => {
    expect(await ask(company.people.arAccountant, 999)).toBe('approved by rule')
  })
  test('goes to the finance manager where somebody must be asked though no rule says so', async () => {
    const id = await ask(company.people.arAccountant, 1, true)
    expect((await status(id)).steps).toEqual([{ role: 'financeManager', rules: [] }])
    expect((await decide(company.people.financeManager, id)).status).toBe(201)
  })
  test('passes its steps one after the other', async () => {
    const { salesManager, financeManager, arAccountant } = company.people
    const id = await ask(arAccountant, 1_000)
    expect(await inbox(salesManager)).toContain(id)
    expect(await inbox(financeManager)).not.toContain(id)
    expect((await decide(financeManager, id)).body.code).toBe('approvals.notYourStep')
    expect((await decide(salesManager, id)).status).toBe(201)
    expect(await status(id)).toMatchObject({ status: 'pending', step: 2, version: 2 })
    expect(await inbox(financeManager)).toContain(id)
    expect((await decide(financeManager, id, 'approved', 2)).status).toBe(201)
    expect(await status(id)).toMatchObject({
      status: 'approved',
      decisions: [{ decidedByName: 'salesManager' }, { decidedByName: 'financeManager' }],
    })
    expect((await decide(financeManager, id, 'approved', 3)).body.code).toBe('approvals.notPending')
  })
  test('ends at the first no, which needs a reason', async () => {
    const id = await ask(company.people.arAccountant, 1_000)
    expect((await decide(company.people.salesManager, id, 'rejected', 1, ' ')).body.code).toBe('approvals.reasonMissing')
    expect((await decide(company.people.salesManager, id, 'rejected', 1, 'too much')).status).toBe(201)
    expect((await status(id)).status).toBe('rejected')
  })
  test('is not decided by its maker, in an old version, or by a stranger', async () => {
    const { salesManager, financeManager, administrator, salesperson } = company.people
    const id = await ask(salesManager, 1_000)
    expect((await decide(salesManager, id)).body.code).toBe('approvals.makerDecides')
    expect((await decide(administrator, id, 'approved', 2)).body.code).toBe('platform.staleVersion')
    expect((await decide(salesperson, id)).status).toBe(403)
    const other = await app.company('other')
    expect((await decide(other.people.administrator, id)).status).toBe(404)
    expect(await status(id)).toMatchObject({ status: 'pending', version: 1, decisions: [] })
    expect((await decide(administrator, id)).status).toBe(201)
    expect((await decide(administrator, id, 'approved', 2)).body.code).toBe('approvals.twoSteps')
    expect((await decide(financeManager, id, 'approved', 2)).status).toBe(201)
  })
  test('decided by two people at once is decided once', async () => {
    const { salesManager, administrator, arAccountant } = company.people
    const id = await ask(arAccountant, 1_000)
    const answers = await Promise.all([decide(salesManager, id), decide(administrator, id)])
    expect(answers.map(({ status: code }) => code).sort()).toEqual([201, 409])
    expect((await status(id)).decisions).toHaveLength(1)
  })
  test('is taken back by its maker only', async () => {
    const id = await ask(company.people.arAccountant, 1_000)
    expect((await company.people.financeManager.post(`/api/approvals/${id}/withdrawal`, { version: 1 })).body.code).toBe(
      'approvals.notYours',
    )
    expect((await company.people.arAccountant.post(`/api/approvals/${id}/withdrawal`, { version: 1 })).status).toBe(201)
    expect((await status(id)).status).toBe('withdrawn')
    expect((await decide(company.people.salesManager, id, 'approved', 2)).body.code).toBe('approvals.notPending')
  })
  test('counts beside the navigation, and the list gives count and sum of the whole filter', async () => {
    const id = await ask(company.people.arAccountant, 1_500)
    const counts = (await company.people.salesManager.get('/api/approvals/counts')).body
    const list = (await company.people.salesManager.get('/api/approvals?limit=1')).body
    expect(list.total).toBe(counts.toDecide)
    expect(Number(list.sumBase)).toBeGreaterThanOrEqual(1_500)
    expect(await inbox(company.people.arAccountant, 'requested')).toContain(id)
  })
  test('leaves one audit entry a decision', async () => {
    const id = await ask(company.people.arAccountant, 1_000)
    await decide(company.people.salesManager, id)
    const rows = await app.db.read(company.people.auditor.caller, (reader) =>
      reader.all<{ action: string }>(
        sql`select l.action from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.entity_id = ${id}`,
      ),
    )
    expect(rows).toEqual([{ action: 'approvals.approved' }])
  })
})

describe('a delegate', () => {
  test('decides for the principal while it runs, on the company’s calendar, and says so', async () => {
    const { salesManager, secondAccountant, arAccountant } = company.people
    const id = await ask(arAccountant, 1_000)
    const give = (fromOn: string, untilOn: string, delegateId = secondAccountant.caller.actorId) =>
      salesManager.post('/api/approval-delegations', { delegateId, fromOn, untilOn })
    expect((await decide(secondAccountant, id)).body.code).toBe('approvals.notYourStep')
    expect((await give('2026-11-22', '2026-11-25')).status).toBe(201)
    expect((await decide(secondAccountant, id)).body.code).toBe('approvals.notYourStep')
    const running = await give('2026-11-20', '2026-11-21')
    expect(await inbox(secondAccountant)).toContain(id)
    const own = await ask(secondAccountant, 1_000)
    expect(await inbox(secondAccountant)).not.toContain(own)
    expect((await decide(secondAccountant, own)).body.code).toBe('approvals.makerDecides')
    const makers = await ask(salesManager, 1_000)
    expect((await decide(secondAccountant, makers)).body.code).toBe('approvals.notYourStep')
    expect((await decide(secondAccountant, id)).status).toBe(201)
    expect((await status(id)).decisions[0]).toMatchObject({ decidedByName: 'secondAccountant', onBehalfOfName: 'salesManager' })
    expect((await salesManager.post(`/api/approval-delegations/${running.body.id}/revocation`)).status).toBe(201)
    expect((await decide(secondAccountant, await ask(arAccountant, 1_000))).body.code).toBe('approvals.notYourStep')
    expect((await salesManager.post(`/api/approval-delegations/${running.body.id}/revocation`)).body.code).toBe(
      'approvals.delegationRevoked',
    )
    expect((await give('2026-11-22', '2026-11-21')).body.code).toBe('approvals.delegationEndsBefore')
    expect((await give('2026-11-01', '2026-11-20')).body.code).toBe('approvals.delegationIsPast')
    expect((await give('2026-11-22', '2026-11-23', salesManager.caller.actorId)).body.code).toBe('approvals.delegateIsSelf')
    expect((await give('2026-11-22', '2026-11-23', company.people.auditor.caller.actorId)).body.code).toBe('approvals.delegateNotActive')
    expect((await secondAccountant.get('/api/approval-delegations')).body.items).toHaveLength(2)
  })
})

describe('rules', () => {
  test('are founded once, in the company’s language', async () => {
    const fresh = await app.company('fresh')
    for (let i = 0; i < 2; i++) await app.db.transaction(fresh.people.administrator.caller, foundApprovalRules)
    const { items } = (await fresh.people.financeManager.get('/api/approval-rules')).body
    expect(items).toHaveLength(4)
    expect(items[0].name).toMatch(/\p{Script=Han}/u)
  })
  test('are edited by the finance manager only, with every fault named', async () => {
    const { financeManager, arAccountant } = company.people
    const body = { kind: 'receipt', name: 'large receipts', conditions: { amountFrom: '1000000' }, steps: [{ role: 'financeManager' }] }
    expect((await arAccountant.post('/api/approval-rules', body)).status).toBe(403)
    expect((await financeManager.post('/api/approval-rules', { ...body, steps: [{ role: 'auditor' }] })).body.issues[0].path).toBe(
      'steps.0.role',
    )
    const { id } = (await financeManager.post('/api/approval-rules', body)).body
    const edit = (version: number) =>
      financeManager.send('PUT', `/api/approval-rules/${id}`, { ...body, version, position: 5, status: 'off' })
    expect((await edit(1)).status).toBe(200)
    expect((await edit(1)).body.code).toBe('platform.staleVersion')
  })
})

test('where four-eyes is off the maker decides alone, on the record', async () => {
  const alone = { ...company.people.administrator.caller, fourEyes: false }
  const id = await ask(company.people.administrator, 1_000)
  const { decideApprovals } = await import('./decide-approvals.command.ts')
  await app.db.transaction(alone, (tx) => decideApprovals(tx, [{ id, version: 1, decision: 'approved', reason: '' }]))
  expect(await status(id)).toMatchObject({ status: 'approved', decisions: [{ decidedByName: 'administrator' }] })
})
