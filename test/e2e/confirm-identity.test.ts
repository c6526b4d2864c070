import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { signedInBrowser } from '../harness/browser.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { violations } from './accessibility.ts'
import { type Hand, hand, step } from './hand.ts'

/** A session that was left open over lunch: a key for a program is not made before the password was shown again. */
const PASSWORD = 'tin lamp river 7'
let app: TestApp
let company: TestCompany
let chromium: Chromium
let wang: Hand
let address: string

beforeAll(async () => {
  ensureWebApp()
  app = await startTestApp('2026-11-21T02:00:00Z', {
    webFolder: join(import.meta.dirname, '../../dist/web'),
    publicUrl: 'http://localhost',
  })
  company = await app.company('华东钢铁')
  const { cookie } = await signedInBrowser(app, company.people.administrator.caller.actorId, 'wang@example.com', company.tenantId)
  await app.database.pool.query(`update auth.sessions set created_at = now() - interval '16 minutes'`)
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  address = `http://localhost:${(app.server.server.address() as AddressInfo).port}`
  chromium = await openChromium()
  const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s) as [string, string])
  await chromium.context.addCookies(pairs.map(([name, value]) => ({ name, value, url: address })))
  wang = hand(chromium.context.pages()[0]!)
}, 180_000)
afterAll(async () => {
  await chromium?.close()
  await app?.close()
})

// oxlint-disable-next-line vitest/valid-title -- the title stands where the step is told
const walk = (name: string, act: () => Promise<void>) => test(name, () => step(name, chromium.context.pages(), act), 60_000)
const asked = () => wang.page.getByRole('dialog', { name: '请再确认一次身份' })
const form = () => wang.page.getByRole('dialog', { name: '新建密钥' })
const hasFocus = async () => {
  await asked().waitFor()
  await wang.page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password')
}
const keys = async () => Number((await app.database.pool.query('select count(*) from ar.api_keys')).rows[0].count)

describe('the dialog that asks for the password again', { sequential: true }, () => {
  walk('stands with the focus in its field when the step asks for it, and is accessible', async () => {
    await wang.page.goto(`${address}/settings/api-keys`)
    await wang.press('新建密钥')
    await wang.type('名称', 'ERP', form())
    await wang.press('新建密钥', form())
    await hasFocus()
    expect(await violations(wang.page)).toEqual([])
  })

  walk('given up: nothing was done, what was typed is still there', async () => {
    await wang.press('取消', asked())
    await asked().waitFor({ state: 'hidden' })
    await wang.sees('离上次输密码已超过 15 分钟', form())
    expect(await wang.field('名称', form()).inputValue()).toBe('ERP')
    expect(await keys()).toBe(0)
  })

  walk('the wrong password is said in the dialog, which stays', async () => {
    await wang.press('新建密钥', form())
    await hasFocus()
    await wang.page.keyboard.type('not the password')
    await wang.page.keyboard.press('Enter')
    await wang.sees('密码不对', asked())
    expect(await keys()).toBe(0)
  })

  walk('with the right one the step goes on by itself, once', async () => {
    await asked().getByLabel('密码（开了两步验证的输验证码）').fill(PASSWORD)
    await wang.press('确认并继续', asked())
    await wang.sees('只显示这一次')
    await asked().waitFor({ state: 'hidden' })
    expect(await keys()).toBe(1)
    expect(wang.complaints.filter((said) => !/status of (403|422)/.test(said))).toEqual([])
  })
})
