import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { orderWorld } from '../../../test/harness/orders.ts'

let app: TestApp
let company: TestCompany
let customerId: string
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('江南纺织')
  const world = await orderWorld(app, company)
  customerId = await world.customer({ salespersonId: null })
  await world.order(administrator(), customerId, '0.01')
})
afterAll(() => app.close())

const administrator = () => company.people.administrator

describe('attachments', () => {
  const upload = (person: { caller: { actorId: string } }, entityId: string, name: string, content: Buffer) => {
    const boundary = 'huikuan-boundary'
    const payload = Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/html\r\n\r\n`),
      content,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    return app.server.inject({
      method: 'POST',
      url: `/api/files?entity=customer&entityId=${entityId}`,
      headers: { 'x-test-caller': person.caller.actorId, 'x-huikuan': 'test', 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload,
    })
  }
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_500_000, 7)])

  it('come back byte for byte, as downloads, typed by what they are', async () => {
    const answer = await upload(administrator(), customerId, '..\\..\\合同.pdf', pdf)
    expect(answer.json()).toMatchObject({
      name: '合同.pdf',
      contentType: 'application/pdf',
      size: String(pdf.length),
      createdBy: 'administrator',
    })
    const got = await administrator().get(`/api/files/${answer.json().id}`)
    expect(got.raw.equals(pdf)).toBe(true)
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('合同.pdf')}`,
    })
    expect((await administrator().get(`/api/files?entity=customer&entityId=${customerId}`)).body.items).toHaveLength(1)
  })

  it('are refused when they are no document, empty or too large, and nothing is kept', async () => {
    expect((await upload(administrator(), customerId, 'a.svg', Buffer.from('<svg onload=alert(1)>'))).json().code).toBe('company.fileType')
    expect((await upload(administrator(), customerId, 'a.pdf', Buffer.alloc(0))).json().code).toBe('company.fileEmpty')
    const large = await upload(administrator(), customerId, 'a.pdf', Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10 * 1024 * 1024)]))
    expect([large.statusCode, large.json().code]).toEqual([413, 'company.fileTooLarge'])
    expect((await app.database.pool.query('select count(*)::int n from ar.files')).rows[0].n).toBe(1)
  })

  it('are there only for who sees their document', async () => {
    const id = (await administrator().get(`/api/files?entity=customer&entityId=${customerId}`)).body.items[0].id
    const other = await app.company('elsewhere')
    for (const stranger of [company.people.salesperson, other.people.administrator]) {
      expect((await stranger.get(`/api/files/${id}`)).status).toBe(404)
      expect((await stranger.get(`/api/files?entity=customer&entityId=${customerId}`)).status).toBe(404)
      expect((await stranger.send('DELETE', `/api/files/${id}`)).status).toBe(404)
      expect((await upload(stranger, customerId, 'a.pdf', Buffer.from('%PDF-1'))).statusCode).toBe(404)
    }
    expect((await company.people.auditor.send('DELETE', `/api/files/${id}`)).status).toBe(404)
    expect((await administrator().send('DELETE', `/api/files/${id}`)).status).toBe(200)
    expect((await app.database.pool.query('select count(*)::int n from ar.file_pieces')).rows[0].n).toBe(0)
  })
})

describe('the search box', () => {
  it('finds customers by beginnings, documents by number and amount, in the caller’s scope', async () => {
    const [mine, theirs] = [company.people.salesperson.caller.actorId, company.people.secondSalesperson.caller.actorId]
    await app.database.pool.query(
      `insert into ar.customers (tenant_id, id, code, name, exact_key, loose_key, salesperson_id) values ($1, gen_random_uuid(), 'JN001', '江南面料', '江南面料', '江南面料', $2), ($1, gen_random_uuid(), 'JN002', '江南印染', '江南印染', '江南印染', $3)`,
      [company.tenantId, mine, theirs],
    )
    const titles = async (q: string, person = administrator()) =>
      (await person.get(`/api/search?q=${encodeURIComponent(q)}`)).body.items.map((row: { title: string }) => row.title)
    expect(await titles('江南')).toEqual(['江南印染', '江南面料'])
    expect(await titles('JN002')).toEqual(['江南印染'])
    expect(await titles('江南', company.people.salesperson)).toEqual(['江南面料'])
    expect(await titles('没有这样的')).toEqual([])
    expect(await titles("%' or '1'='1")).toEqual([])
    expect((await administrator().get('/api/search?q=x')).status).toBe(400)
    expect((await administrator().get('/api/search?q=0.01')).body.items).toEqual([
      expect.objectContaining({ path: expect.stringMatching(/^\/orders\//), amount: '0.01' }),
    ])
  })

  it('probes indexes also for people with a scope', async () => {
    const client = await app.database.pool.connect()
    try {
      await client.query(
        `begin; set local enable_seqscan = off; set local role app_scoped; set local app.tenant = '${company.tenantId}'; set local app.salespeople = '{${company.people.salesperson.caller.actorId}}'`,
      )
      const { rows } = await client.query(
        `explain select c.id from ar.customers c where c.tenant_id = $1 and c.exact_key collate "C" >= '江南' and c.exact_key collate "C" < '江単' order by c.exact_key collate "C", c.id limit 10`.replace(
          '$1',
          String(company.tenantId),
        ),
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toContain('customers_by_key_beginning')
      expect(plan).toMatch(/Index Cond: .*exact_key/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
