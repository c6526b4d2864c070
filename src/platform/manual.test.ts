import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/harness/app.ts'
import { manualHtml } from './manual-page.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.close())

const get = (url: string, language = 'zh-CN') => app.server.inject({ method: 'GET', url, headers: { 'accept-language': language } })

describe('the manual', () => {
  it('is served to anybody, in the language of the reader, without a script and without anything from elsewhere', async () => {
    expect((await get('/manual')).headers.location).toBe('/manual/zh-CN/index')
    expect((await get('/manual', 'en')).headers.location).toBe('/manual/en/index')
    expect((await get('/manual/zh-TW/ageing')).headers.location).toBe('/manual/zh-CN/ageing')
    const { statusCode, headers, payload } = await get('/manual/zh-CN/ageing')
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(payload).toContain('<h1>账龄分析与核对行</h1>')
    expect(payload).not.toMatch(/<script|https?:\/\//)
  })

  it.each([
    '/manual/zh-CN/nothing',
    '/manual/xx/index',
    '/manual/zh-TW/%E4%B8%AD',
    '/manual/zh-TW/%0d%0aSet-Cookie:x',
    '/manual/zh-CN/..%2f..%2f..%2fpackage',
    '/manual/images/..%2f..%2fREADME.md',
    '/manual/images/none.png',
  ])('has no %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404)
  })
})

describe('a page of the manual as HTML', () => {
  it.each([
    ['# 标题', '<h1>标题</h1>'],
    ['一行\n又一行', '<p>一行 又一行</p>'],
    ['- a\n- **b**', '<ul><li>a</li><li><strong>b</strong></li></ul>'],
    ['1. a\n2. `b < c`', '<ol><li>a</li><li><code>b &lt; c</code></li></ol>'],
    [
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['```\nx <y>\n# no title\n```', '<pre><code>x &lt;y&gt;\n# no title</code></pre>'],
    ['> said', '<blockquote>said</blockquote>'],
    ['[Ageing](ageing.md)', '<p><a href="ageing">Ageing</a></p>'],
    ['![A page](../images/en-ageing.png)', '<p><img src="../images/en-ageing.png" alt="A page" loading="lazy"></p>'],
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ])('%s', (text, html) => {
    expect(manualHtml(text)).toBe(html)
  })
})
