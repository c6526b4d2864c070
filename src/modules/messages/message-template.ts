import type { Language } from '../../kernel/language.ts'
import { escapeHtml } from './logic-less.ts'

/** One part of a message, as data: HTML and the plain-text twin are both made from it. `when` names a fact: without it (no, null, empty) the part is left out. Texts are logic-less templates. */
export type Block = { readonly when?: string } & (
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'table'; readonly list: string; readonly columns: readonly Column[]; readonly foot?: Foot }
  | { readonly kind: 'button'; readonly text: string; readonly link: string }
)
type Table = Extract<Block, { kind: 'table' }>
/** `value` is a template over one element of the list ('{{amount}} {{currency}}'). */
export type Column = { readonly title: string; readonly value: string; readonly align?: 'left' | 'right' }

/** Last rows of a table, one an element of `list`: the title at the left, the value under the last column. */
export type Foot = { readonly list: string; readonly title: string; readonly value: string }

/** A message before its facts. Facts that every message has: `company` (who sends). `why` says in the footer why the reader gets it; both are templates. */
export type MessageTemplate = {
  readonly language: Language
  readonly subject: string
  readonly blocks: readonly Block[]
  readonly why: string
}

const INK = '#1f2430'
const QUIET = '#6b7280'
const LINE = '#e5e7eb'
const ACCENT = '#1e5eff'
const FONTS =
  "-apple-system,'Segoe UI','PingFang SC','PingFang TC','Microsoft YaHei','Microsoft JhengHei','Noto Sans CJK SC',Arial,sans-serif"

/** The message as MJML: company name above, the blocks, and a footer that says who sent it and why. No picture, no font and no style comes from elsewhere. */
export function messageMjml({ language, subject, blocks, why }: MessageTemplate, sentBy: string): string {
  return `<mjml lang="${language}"><mj-head><mj-title>${escapeHtml(subject)}</mj-title><mj-attributes><mj-all font-family="${FONTS}" /><mj-text font-size="15px" line-height="1.6" color="${INK}" padding="8px 24px" /><mj-table font-size="14px" line-height="1.5" color="${INK}" padding="8px 24px" /></mj-attributes></mj-head><mj-body background-color="#f4f5f7" width="640px">
<mj-section padding="24px 0 8px"><mj-column><mj-text font-size="16px" font-weight="600">{{company}}</mj-text></mj-column></mj-section>
<mj-section background-color="#ffffff" padding="16px 0"><mj-column>${blocks.map(blockMjml).join('\n')}</mj-column></mj-section>
<mj-section padding="8px 0 24px"><mj-column><mj-text font-size="12px" color="${QUIET}">${escapeHtml(why)}<br />${escapeHtml(sentBy)}</mj-text></mj-column></mj-section>
</mj-body></mjml>`
}

function blockMjml(block: Block): string {
  const part = partMjml(block)
  return block.when === undefined ? part : `<mj-raw>{{#${block.when}}}</mj-raw>${part}<mj-raw>{{/${block.when}}}</mj-raw>`
}

function partMjml(block: Block): string {
  if (block.kind === 'heading') return `<mj-text font-size="19px" font-weight="600">${escapeHtml(block.text)}</mj-text>`
  if (block.kind === 'text') return `<mj-text>${escapeHtml(block.text)}</mj-text>`
  if (block.kind === 'button')
    return `<mj-button href="{{link:${block.link}}}" background-color="${ACCENT}" color="#ffffff" align="left" border-radius="6px" font-size="15px" padding="8px 24px">${escapeHtml(block.text)}</mj-button>`
  if (block.kind === 'facts')
    return `<mj-table>${block.rows.map(({ label, value }) => `<tr><td style="color:${QUIET};padding:3px 12px 3px 0;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td><td style="padding:3px 0;width:100%">${escapeHtml(value)}</td></tr>`).join('')}</mj-table>`
  const heads = block.columns.map((column) => `<th ${cell(column, `color:${QUIET};font-weight:400`)}>${escapeHtml(column.title)}</th>`)
  const cells = block.columns.map((column) => `<td ${cell(column, '')}>${escapeHtml(column.value)}</td>`)
  return `<mj-table><tr>${heads.join('')}</tr>{{#${block.list}}}<tr>${cells.join('')}</tr>{{/${block.list}}}${footMjml(block)}</mj-table>`
}

function footMjml({ columns, foot }: Table): string {
  if (foot === undefined) return ''
  const last = columns.at(-1) ?? { title: '', value: '' }
  const title = `<td colspan="${Math.max(1, columns.length - 1)}" ${cell({ title: '', value: '' }, 'font-weight:600')}>${escapeHtml(foot.title)}</td>`
  return `{{#${foot.list}}}<tr>${title}<td ${cell(last, 'font-weight:600')}>${escapeHtml(foot.value)}</td></tr>{{/${foot.list}}}`
}

/** Figures stand at the right and are never broken, however narrow the page. */
function cell({ align = 'left' }: Column, more: string): string {
  return `style="text-align:${align};${align === 'right' ? 'white-space:nowrap;' : ''}padding:6px 12px 6px 0;border-bottom:1px solid ${LINE};vertical-align:top;${more}"`
}

/** The plain-text twin of the same blocks. */
export function messagePlain({ blocks, why }: MessageTemplate, sentBy: string): string {
  return `${blocks.map(blockPlain).join('')}--\n{{company}}\n${why}\n${sentBy}\n`
}

function blockPlain(block: Block): string {
  const part = `${partPlain(block)}\n\n`
  return block.when === undefined ? part : `{{#${block.when}}}${part}{{/${block.when}}}`
}

function partPlain(block: Block): string {
  if (block.kind === 'heading' || block.kind === 'text') return block.text
  if (block.kind === 'button') return `${block.text}\n{{${block.link}}}`
  if (block.kind === 'facts') return block.rows.map(({ label, value }) => `${label}: ${value}`).join('\n')
  const foot = block.foot === undefined ? '' : `\n{{#${block.foot.list}}}${block.foot.title} ${block.foot.value}\n{{/${block.foot.list}}}`
  return `{{#${block.list}}}- ${block.columns.map(columnPlain).join('')}\n{{/${block.list}}}${foot}`
}

/** A column whose value is nothing is left out of its line together with its title. */
function columnPlain({ title, value }: Column, index: number): string {
  const text = `${index === 0 ? '' : ' · '}${title} ${value}`
  const name = /^\{\{(\w+)\}\}$/.exec(value)?.[1]
  return name === undefined ? text : `{{#${name}}}${text}{{/${name}}}`
}
