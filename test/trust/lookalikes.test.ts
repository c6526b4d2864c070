import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'

/** T51: a name or tax number that looks the same is the same to the duplicate check, whatever it is typed in; what was typed is kept. */
let app: TestApp
let company: TestCompany
const NAME = '苏州恒远自动化设备有限公司'
const TAX_ID = '91350100M000100Y43'
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('one')
  for (const customer of [
    { name: NAME, taxId: TAX_ID },
    { name: 'Acme Trading Co., Ltd.', country: 'DE' },
    { name: '里昂面粉制造有限公司' },
  ]) {
    const answer = await company.people.arAccountant.post('/api/customers', customer)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  }
}, 60_000)
afterAll(() => app.close())

const add = (customer: object) => company.people.arAccountant.post('/api/customers', customer)
const customers = async () => (await company.people.arAccountant.get('/api/customers')).body.total

describe('T51: a name in disguise stops the save', () => {
  test.each([
    ['zero-width space', '苏州恒远\u200b自动化设备有限公司'],
    ['zero-width joiner', '苏州\u200d恒远自动化设备有限公司'],
    ['soft hyphen', '苏州恒远\u00ad自动化设备有限公司'],
    ['word joiner at the end', '苏州恒远自动化设备有限公司\u2060'],
    ['right-to-left override', '\u202e苏州恒远自动化设备有限公司\u202c'],
    ['right-to-left mark', '苏州恒远自动化设备有限公司\u200f'],
    ['variation selector', '苏州恒远自动化设备\ufe0f有限公司'],
    ['traditional writing', '蘇州恆遠自動化設備有限公司'],
    ['traditional writing in parts', '苏州恆远自動化设备有限公司'],
    ['compatibility ideographs', '苏州恒远自动化设备有限公司'.normalize('NFD')],
    ['spaces inside', '苏州 恒远 自动化 设备 有限公司'],
    ['full-width spaces', '苏州\u3000恒远自动化设备有限公司'],
    ['points and brackets', '「苏州」恒远·自动化设备（有限公司）'],
    ['full-width letters', 'Ａｃｍｅ Ｔｒａｄｉｎｇ Ｃｏ．， Ｌｔｄ．'],
    ['letter case', 'ACME TRADING CO LTD'],
    ['mathematical letters', '𝐀𝐜𝐦𝐞 Trading Co Ltd'],
    ['circled letters', 'Ⓐcme Trading Co Ltd'],
    ['traditional writing of Taiwan', '裡昂麵粉製造有限公司'],
  ])('%s', async (_, name) => {
    const before = await customers()
    const { status, body } = await add({ name })
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringMatching(/customers\.\w*([dD]uplicate|[sS]ame|[sS]imilar|exists)/)])
    expect(await customers()).toBe(before)
  })
  test('but what was typed is kept, when a person says it is another company', async () => {
    const name = '蘇州恆遠自動化設備有限公司'
    const { status, body } = await add({ name, acceptSimilar: true })
    expect(status).toBe(201)
    expect((await company.people.arAccountant.get(`/api/customers/${body.id}`)).body.name).toBe(name)
    const pairs = (await company.people.arAccountant.get('/api/customers/duplicates')).body.items
    expect(pairs.some(({ a, b }: { a: { name: string }; b: { name: string } }) => [a.name, b.name].includes(name))).toBe(true)
  })
})

describe('T51: a tax number in disguise stops the save', () => {
  test.each([
    ['full-width', '９１３５０１００Ｍ０００１００Ｙ４３'],
    ['lower case', TAX_ID.toLowerCase()],
    ['spaces and hyphens', '91350100-M000 100Y\u20104-3'],
    ['zero-width space', `91350100\u200bM000100Y43`],
    ['no-break space at the end', `${TAX_ID}\u00a0`],
  ])('%s', async (_, taxId) => {
    const { status, body } = await add({ name: `另一家 ${Math.random()}`, taxId })
    expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(409)
    expect(status).toBeLessThan(500)
  })
})

describe('the search finds what is written otherwise', () => {
  test.each(['恆遠', '恒远', 'ａｃｍｅ', 'ACME', '麵粉'])('%s', async (q) => {
    const { body } = await company.people.arAccountant.get(`/api/customers?q=${encodeURIComponent(q)}`)
    expect(body.total).toBeGreaterThan(0)
  })
})
