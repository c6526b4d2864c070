import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { addStandardTerms } from './add-standard-terms.command.ts'
import { termsPresets } from './terms-presets.ts'

let app: TestApp
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  other = await app.company('other')
})
afterAll(() => app.close())

const manager = () => company.people.financeManager
const definition = termsPresets.monthEndPlusDays(30)
const create = async (code: string, more: object = {}) =>
  (await manager().post('/api/terms', { code, name: code, definition, ...more })).body.id as string

describe('payment terms', () => {
  test('a company starts with the usual ones and a calendar of its own', async () => {
    await app.db.transaction(other.system, (tx) =>
      addStandardTerms(tx, {
        type: 'companies.founded',
        companies: [
          { tenantId: other.tenantId, entityId: other.entityId, baseCurrency: 'CNY', language: 'zh-CN', administratorId: uuid() },
        ],
      }),
    )
    const { items } = (await other.people.salesperson.get('/api/terms')).body
    expect(items.map((terms: { code: string }) => terms.code)).toContain('EOM30')
    const calendar = (await other.people.salesperson.get('/api/terms/calendar?year=2026')).body
    expect(calendar).toMatchObject({ known: true })
    expect(calendar.days).toContainEqual({ onDay: '2026-10-01', working: false, name: expect.any(String), version: 1 })
    expect((await other.people.salesperson.get('/api/terms/calendar?year=2028')).body).toMatchObject({ known: false, days: [] })
  })
  test('are added, changed with their version, disabled; a salesperson may only look', async () => {
    const id = await create('T1')
    expect((await manager().post('/api/terms', { code: 'T1', name: 'again', definition })).body.code).toBe('terms.codeTaken')
    expect((await company.people.salesperson.post('/api/terms', { code: 'T2', name: 'x', definition })).status).toBe(403)
    const body = { version: 1, code: 'T1', name: '改名', definition, status: 'disabled' }
    expect((await manager().send('PUT', `/api/terms/${id}`, body)).status).toBe(200)
    expect((await manager().send('PUT', `/api/terms/${id}`, body)).status).toBe(409)
    expect((await manager().get(`/api/terms/${id}`)).body).toMatchObject({ name: '改名', status: 'disabled', version: 2 })
    expect((await other.people.administrator.get(`/api/terms/${id}`)).status).toBe(404)
    expect((await other.people.administrator.send('PUT', `/api/terms/${id}`, { ...body, version: 2 })).status).toBe(404)
  })
  test.each([
    ['no part', { ...definition, parts: [] }, 'terms.noParts'],
    [
      'shares that are not the whole',
      { ...definition, parts: [{ ...definition.parts[0], share: { percent: '99.9999' } }] },
      'terms.percentsDoNotAddUp',
    ],
    [
      'a negative period',
      { ...definition, parts: [{ ...definition.parts[0], rule: { ...definition.parts[0]!.rule, period: { count: -1, unit: 'day' } } }] },
      'terms.periodOutOfRange',
    ],
  ])('%s is refused with the field named', async (_, wrong, code) => {
    const answer = await manager().post('/api/terms', { code: `W${code}`, name: 'x', definition: wrong })
    expect(answer).toMatchObject({ status: 400, body: { code, issues: [{ path: expect.stringContaining('definition.parts') }] } })
  })
  test('an unknown field inside the definition is refused', async () => {
    expect((await manager().post('/api/terms', { code: 'U', name: 'x', definition: { ...definition, dueOn: '2026-01-01' } })).status).toBe(
      400,
    )
  })
})

describe('the preview', () => {
  const preview = async (more: object) =>
    manager().post('/api/terms/preview', {
      definition,
      amount: '100.00',
      currency: 'CNY',
      dates: { order: '2026-09-10', delivery: '2026-09-10' },
      ...more,
    })
  test('says day and sentence; 30 days from the end of September is 30 October', async () => {
    expect((await preview({})).body).toMatchObject({
      parts: [
        {
          amount: '100.00',
          contractDue: '2026-10-30',
          effectiveDue: '2026-10-30',
          estimated: false,
          rule: { key: 'terms.sentence.daysAfter' },
        },
      ],
      issues: [],
    })
  })
  test('moves off a holiday, and off the company’s own holiday', async () => {
    const terms = { definition: termsPresets.daysAfterDelivery(30), dates: { order: '2026-09-01', delivery: '2026-09-01' } }
    expect((await preview(terms)).body.parts[0]).toMatchObject({ contractDue: '2026-10-01', effectiveDue: '2026-10-08' })
    expect((await manager().send('PUT', '/api/terms/calendar/2026-10-08', { working: false, name: '厂庆', version: 0 })).status).toBe(200)
    expect((await preview(terms)).body.parts[0].effectiveDue).toBe('2026-10-09')
    expect((await manager().send('PUT', '/api/terms/calendar/2026-10-08', { working: false, name: '厂庆', version: 0 })).status).toBe(409)
    expect((await manager().send('DELETE', '/api/terms/calendar/2026-10-08')).status).toBe(200)
    expect((await preview(terms)).body.parts[0].effectiveDue).toBe('2026-10-08')
    expect((await company.people.arAccountant.send('DELETE', '/api/terms/calendar/2026-10-01')).status).toBe(403)
  })
  test('wrong terms give their faults instead of days', async () => {
    expect((await preview({ definition: { ...definition, parts: [] } })).body).toMatchObject({
      parts: [],
      issues: [{ code: 'terms.noParts' }],
    })
  })
  test.each(['0', '-5', '1.234', '1e3'])('an amount of %s is refused', async (amount) => {
    expect((await preview({ amount })).status).toBe(400)
  })
})

describe('terms of a customer', () => {
  test('take effect on their day; earlier ones stay in the history', async () => {
    const [first, next] = [await create('C1'), await create('C2')]
    const customer = (await company.people.arAccountant.post('/api/customers', { name: '条件客户', termsId: first })).body.id
    const set = (termsId: string, effectiveFrom: string, who = company.people.arAccountant) =>
      who.post(`/api/customers/${customer}/terms`, { termsId, effectiveFrom })
    const now = async () => (await company.people.auditor.get(`/api/customers/${customer}/terms`)).body
    expect((await now()).now.code).toBe('C1')
    expect((await set(next, '2026-11-20')).body.code).toBe('terms.fromInPast')
    const row = await set(next, '2026-12-01')
    expect((await set(first, '2026-12-01')).body.code).toBe('terms.fromTaken')
    expect((await now()).now.code).toBe('C1')
    app.setNow('2026-12-01T02:00:00Z')
    expect(await now()).toMatchObject({
      now: { code: 'C2' },
      history: [
        { name: 'C2', effectiveFrom: '2026-12-01', setBy: 'arAccountant' },
        { name: 'C1', effectiveFrom: null },
      ],
    })
    expect((await company.people.arAccountant.send('DELETE', `/api/customers/${customer}/terms/${row.body.id}`)).body.code).toBe(
      'terms.hasBegun',
    )
    app.setNow('2026-11-21T02:00:00Z')
    expect((await company.people.arAccountant.send('DELETE', `/api/customers/${customer}/terms/${row.body.id}`)).status).toBe(200)
    expect((await set(uuid(), '2026-12-02')).status).toBe(404)
    expect(
      (await other.people.administrator.post(`/api/customers/${customer}/terms`, { termsId: next, effectiveFrom: '2026-12-05' })).status,
    ).toBe(404)
  })
})
