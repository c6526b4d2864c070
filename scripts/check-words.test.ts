import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkUses, checkWords } from './check-words.ts'
import { wrongWriting } from './word-scripts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huikuan-words-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the same words in every language', () => {
  test.each([
    [
      'a missing key',
      { save: '保存', cancel: '取消' },
      { save: '儲存' },
      { save: 'Save', cancel: 'Cancel' },
      ['zh-TW/a.json: cancel is missing'],
    ],
    ['one too many', { save: '保存' }, { save: '儲存' }, { save: 'Save', cancel: 'Cancel' }, ['en/a.json: cancel is not in zh-CN']],
    [
      'other parameters',
      { sum: '共 {{count}} 笔' },
      { sum: '共 {{count}} 筆' },
      { sum: '{{total}} items' },
      ['en/a.json: sum has {{total}}, zh-CN has {{count}}'],
    ],
    ['an empty word', { save: '保存' }, { save: '儲存' }, { save: ' ' }, ['en/a.json: save is empty']],
    [
      'plural forms are one word',
      { days: '{{count}} 天' },
      { days: '{{count}} 天' },
      { days_one: '{{count}} day', days_other: '{{count}} days' },
      [],
    ],
  ])('%s', (_, cn, tw, en, wrong) => {
    write({ 'zh-CN': cn, 'zh-TW': tw, en })
    expect(checkWords(folder)).toEqual(wrong)
  })
})

describe('each in its own script, under the glossary’s name', () => {
  test.each([
    ['zh-TW', '应收', ['has the character 应 of the other script']],
    ['zh-TW', '余額', ['has the character 余 of the other script']],
    ['zh-CN', '應收', ['has the character 應 of the other script']],
    ['zh-CN', 'Save', ['is not Chinese']],
    ['en', 'Save 保存', ['has Chinese in it']],
    ['en', 'Open（CNY）', ['has Chinese in it']],
    ['zh-TW', '收款核銷', ['says 核銷, our word is 沖帳']],
    ['zh-CN', '业务员', ['says 业务员, our word is 销售员']],
    ['zh-CN', '新订单', ['says 新订单, our word is 新建订单']],
    ['zh-CN', '已停用：不能再用于新订单', []],
    ['en', 'Aging', ['says aging, our word is ageing']],
    ['zh-TW', '{{name}} 的應收帳款，逾期 {{days}} 天', []],
    ['zh-CN', '{{from}}–{{to}}', []],
  ])('%s: %s', (language, text, wrong) => expect(wrongWriting(language, text)).toEqual(wrong))
})

describe('in use, all of them', () => {
  test('a word nobody asks for, and one that is not there', () => {
    const words = { title: '订单', status: { draft: '草稿' }, problems: { late: '太晚' }, forgotten: '忘了' }
    write({ 'zh-CN': words, 'zh-TW': words, en: words })
    mkdirSync(join(folder, 'src/web'), { recursive: true })
    writeFileSync(
      join(folder, 'src/web/page.tsx'),
      `const words = useWords('a')\nwords('title'); words(\`status.\${state}\`); words('absent')\nthrow new Problem('a.late')\n`,
    )
    expect(checkUses(folder, [join(folder, 'src')], folder)).toEqual([
      'a.json: forgotten is used nowhere',
      'src/web/page.tsx: there is no word absent',
    ])
  })
})

function write(languages: Readonly<Record<string, unknown>>): void {
  for (const [language, words] of Object.entries(languages)) {
    mkdirSync(join(folder, language), { recursive: true })
    writeFileSync(join(folder, language, 'a.json'), JSON.stringify(words))
  }
}
