import { expect, test } from 'vitest'
import { Problem } from '../../kernel/problem.ts'
import { escapeHtml, type Facts, fillTemplate, namesIn, plainText, readTemplate } from './logic-less.ts'

const filled = (template: string, facts: Facts) => fillTemplate(readTemplate(template), facts, escapeHtml)

test.each<[string, Facts, string]>([
  ['您好 {{name}}', { name: '华星' }, '您好 华星'],
  ['{{ name }}', { name: 'a<b>"c"&\'d\'' }, 'a&lt;b&gt;&quot;c&quot;&amp;&#39;d&#39;'],
  ['{{name}}', { name: '{{secret}}', secret: 'x' }, '{{secret}}'],
  ['{{name}}', { name: '{{#name}}{{/name}}' }, '{{#name}}{{/name}}'],
  ['{{name}}', { name: 'one\ntwo' }, 'one<br>two'],
  ['{{name}}', { name: null }, ''],
  ['{{n}}', { n: 3 }, '3'],
  ['{{a.b}}', { a: { b: 'deep' } }, 'deep'],
  ['{{#items}}{{no}} of {{company}}; {{/items}}', { company: 'A', items: [{ no: 1 }, { no: 2 }] }, '1 of A; 2 of A; '],
  ['{{#items}}x{{/items}}{{^items}}none{{/items}}', { items: [] }, 'none'],
  ['{{#held}}held{{/held}}{{^held}}free{{/held}}', { held: true }, 'held'],
  ['{{#note}}{{note}}{{/note}}', { note: '' }, ''],
  ['{ {{n}} }', { n: 1 }, '{ 1 }'],
])('%s with %j is %s', (template, facts, text) => {
  expect(filled(template, facts)).toBe(text)
})

test.each([
  '{{{name}}}',
  '{{&name}}',
  '{{>part}}',
  '{{=<% %>=}}',
  '{{! comment }}',
  '{{7*7}}',
  "{{constructor.constructor('return process')()}}",
  '{{#list}}',
  '{{/list}}',
  '{{#a}}{{#b}}{{/a}}{{/b}}',
  '{{name',
  '{{}}',
  '{{a.b.c.d.e}}',
  '{{link:name}}',
  '{{#a}}{{#b}}{{#c}}{{#d}}{{#e}}{{/e}}{{/d}}{{/c}}{{/b}}{{/a}}',
])('T36: %s is not a template', (template) => {
  expect(() => readTemplate(template)).toThrow(Problem)
})

test.each([
  '{{__proto__}}',
  '{{constructor}}',
  '{{toString}}',
  '{{name.length}}',
  '{{constructor.name}}',
  '{{missing}}',
  '{{list}}',
  '{{list.length}}',
  '{{list.0}}',
])('T36: %s finds nothing that is not a fact', (template) => {
  expect(() => filled(template, { name: 'x', list: [{ a: 1 }] })).toThrow(Problem)
})

test('T36, T38: only an http(s) address stands in a link', () => {
  const link = (address: string) => fillTemplate(readTemplate('<a href="{{link:to}}">', true), { to: address }, escapeHtml)
  expect(link('https://x.example.com/a?b=1&c="2"')).toBe('<a href="https://x.example.com/a?b=1&amp;c=%222%22">')
  for (const address of ['javascript:alert(1)', 'data:text/html,x', ' java\nscript:x', '//x.example.com', ''])
    expect(link(address)).toBe('<a href="#">')
})

test('names are told with the list they stand in', () => {
  expect(namesIn(readTemplate('{{a}}{{#items}}{{no}}{{^late}}{{b}}{{/late}}{{/items}}'))).toEqual([
    'a',
    'items',
    'items.no',
    'items.late',
    'items.b',
  ])
})

test('T45: control characters do not pass', () => {
  expect(fillTemplate(readTemplate('{{a}}'), { a: 'x\u0000y\u001bz\nw' }, plainText)).toBe('xyz\nw')
})

/** Other tests run beside this one: five times a tenth of a second is still none that anybody notices. */
const MOST_MS = 500

test.each([
  ['two hundred thousand braces', '{'.repeat(200_000)],
  ['forty thousand names', '{{n}}'.repeat(40_000)],
  ['names that never end', '{{n '.repeat(50_000)],
  ['a name as long as a template', `{{${'a'.repeat(199_990)}}}`],
  ['three times as long as a template may be', 'x'.repeat(600_000)],
  ['a list inside itself', '{{#items}}{{#items}}{{#items}}{{#items}}x{{/items}}{{/items}}{{/items}}{{/items}}'],
  ['lists inside lists', '{{#items}}{{#totals}}{{#items2}}{{name}}{{/items2}}{{/totals}}{{/items}}'],
])('T37, T92: %s takes no time and gives no endless text', (_, template) => {
  const list = Array.from({ length: 400 }, (_unused, n) => ({ no: n, name: 'x'.repeat(200) }))
  const facts = { n: 1, items: list, totals: list, items2: list }
  const from = performance.now()
  let text = ''
  try {
    text = filled(template, facts)
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
  }
  expect(performance.now() - from).toBeLessThan(MOST_MS)
  expect(text.length).toBeLessThan(1_100_000)
})
