import { expect, test } from 'vitest'
import { compileMessage } from './compile-message.query.ts'
import type { MessageTemplate } from './message-template.ts'

const template: MessageTemplate = {
  language: 'zh-CN',
  subject: '{{company}}：{{count}} 笔款项已到期',
  blocks: [
    { kind: 'heading', text: '付款提醒' },
    { kind: 'text', text: '{{contact}}，您好：\n以下款项 <已> 到期。' },
    {
      kind: 'table',
      list: 'items',
      columns: [
        { title: '单号', value: '{{no}}' },
        { title: '金额', value: '{{amount}} {{currency}}', align: 'right' },
      ],
    },
    { kind: 'text', text: '其中有争议的不必付。', when: 'disputed' },
    { kind: 'facts', rows: [{ label: '开户行', value: '{{bank}}' }] },
    { kind: 'button', text: '查看', link: 'link' },
  ],
  why: '您收到本邮件，因为您是 {{customer}} 的付款联系人。',
}
const facts = {
  company: '华东钢铁',
  customer: '甲<b>乙',
  contact: '{{company}}',
  count: 2,
  currency: 'CNY',
  items: [
    { no: 'AR-2611-0007', amount: '1,000.00' },
    { no: 'AR-2611-0008', amount: '88.50' },
  ],
  disputed: false,
  bank: '工行"上海"分行',
  link: 'https://huikuan.example.com/x?a=1&b=2',
}

test('one template gives the subject, the HTML and its plain-text twin', async () => {
  const { fill, names } = await compileMessage(template)
  const { subject, html, text } = fill(facts)
  expect(subject).toBe('华东钢铁：2 笔款项已到期')
  expect(text).toBe(
    '付款提醒\n\n{{company}}，您好：\n以下款项 <已> 到期。\n\n- 单号 AR-2611-0007 · 金额 1,000.00 CNY\n- 单号 AR-2611-0008 · 金额 88.50 CNY\n\n\n' +
      '开户行: 工行"上海"分行\n\n查看\nhttps://huikuan.example.com/x?a=1&b=2\n\n--\n华东钢铁\n您收到本邮件，因为您是 甲<b>乙 的付款联系人。\n本邮件由回款（Huikuan）系统自动发出。\n',
  )
  expect(html).toContain('{{company}}，您好：<br>以下款项 &lt;已&gt; 到期。')
  expect(html).toContain('甲&lt;b&gt;乙')
  expect(html).toContain('工行&quot;上海&quot;分行')
  expect(html.match(/AR-2611-000[78]/g)).toHaveLength(2)
  expect(html).toContain('href="https://huikuan.example.com/x?a=1&amp;b=2"')
  expect(html).not.toContain('有争议')
  expect(fill({ ...facts, disputed: true }).html).toContain('有争议')
  expect(names).toContain('items.amount')
})

test('a column of which an item says nothing is no empty title in its line', async () => {
  const columns = [
    { title: '单号', value: '{{no}}' },
    { title: '逾期天数', value: '{{overdueDays}}' },
    { title: '金额', value: '{{amount}} {{currency}}' },
  ]
  const { fill } = await compileMessage({ ...template, blocks: [{ kind: 'table', list: 'items', columns }] })
  const items = [
    { no: 'AR-1', overdueDays: 12, amount: '1.00' },
    { no: 'AR-2', overdueDays: '', amount: '2.00' },
    { no: 'AR-3', overdueDays: 0, amount: '3.00' },
  ]
  const { text } = fill({ ...facts, items })
  expect(text).toContain(
    '- 单号 AR-1 · 逾期天数 12 · 金额 1.00 CNY\n- 单号 AR-2 · 金额 2.00 CNY\n- 单号 AR-3 · 逾期天数 0 · 金额 3.00 CNY\n',
  )
})

test('T36: nothing in a message is fetched from elsewhere', async () => {
  const { html } = (await compileMessage(template)).fill({ ...facts, link: 'https://huikuan.example.com/' })
  expect(html).not.toMatch(/<(?:link|script|img|iframe|object)|url\(|@import|src=/i)
})

test.each([
  [{ subject: '{{7*7}}' }],
  [{ why: '{{#a}}' }],
  [
    {
      blocks: [
        { kind: 'text' as const, text: '{{#a}}' },
        { kind: 'text' as const, text: '{{/a}}' },
      ],
    },
  ],
  [{ blocks: [{ kind: 'text' as const, text: 'x', when: 'a}}{{b' }] }],
  [{ blocks: [{ kind: 'table' as const, list: 'items}}', columns: [] }] }],
  [{ blocks: [{ kind: 'text' as const, text: '{{link:contact}}' }] }],
])('%j is refused', async (wrong) => {
  await expect(compileMessage({ ...template, ...wrong })).rejects.toMatchObject({ code: 'messages.templateWrong' })
})

test('T36, T38: MJML and HTML in the texts of a template stay text', async () => {
  const text = '<mj-include path="/etc/passwd" /></mj-text><mj-raw><script>x</script></mj-raw><!-- -->&lt;'
  const { html } = (await compileMessage({ ...template, blocks: [{ kind: 'text', text }] })).fill(facts)
  expect(html).toContain('&lt;mj-include path=&quot;/etc/passwd&quot; /&gt;')
  expect(html).toContain('&amp;lt;')
  expect(html).not.toContain('<script>')
})

test('filling is fast enough for a run of reminders', async () => {
  const { fill } = await compileMessage(template)
  const from = performance.now()
  for (let index = 0; index < 2_000; index += 1) fill(facts)
  expect(performance.now() - from).toBeLessThan(1_000)
})

test('the last rows of a table stand in the table: title at the left, value under the last column', async () => {
  const foot = { list: 'totals', title: '合计', value: '{{amount}} {{currency}}' }
  const blocks = template.blocks.map((block) => (block.kind === 'table' ? { ...block, foot } : block))
  const { fill, names } = await compileMessage({ ...template, blocks })
  const { html, text } = fill({ ...facts, totals: [{ amount: '1,088.50' }, { amount: '5.00', currency: 'USD' }] })
  expect(text).toContain('- 单号 AR-2611-0008 · 金额 88.50 CNY\n\n合计 1,088.50 CNY\n合计 5.00 USD\n')
  expect(html.match(/<table[^>]*>\s*<tr>\s*<th(?:(?!<\/table>)[\s\S])*合计(?:(?!<\/table>)[\s\S])*合计/)).not.toBeNull()
  expect(html).toMatch(/text-align:right[^>]*>1,088\.50 CNY/)
  expect(names).toContain('totals.amount')
  await expect(
    compileMessage({ ...template, blocks: [{ kind: 'table', list: 'items', columns: [], foot: { ...foot, value: '{{#a}}' } }] }),
  ).rejects.toThrow()
})
