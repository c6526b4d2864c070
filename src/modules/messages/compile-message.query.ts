import { createHash } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import { htmlOfMjml } from '../../platform/mail/mjml.ts'
import { word } from '../../platform/words.ts'
import { escapeHtml, type Facts, fillTemplate, isFactName, namesIn, plainText, readTemplate, wrongTemplate } from './logic-less.ts'
import { type LateContent, type MessageContent, type MessageFrame, subjectLine } from './message.ts'
import { type Block, type MessageTemplate, messageMjml, messagePlain } from './message-template.ts'

/**
 * A template ready to be filled: pure and fast (tens of thousands a second). `names` are the facts it asks for, those of a list as `items.amount`. `late` leaves the HTML, twelve times as
 * long as all it is made of, to whoever asks for it (html-of-messages.query.ts).
 */
export type CompiledMessage = {
  readonly names: readonly string[]
  readonly fill: (facts: Facts) => MessageContent
  readonly late: (facts: Facts) => LateContent
}

const KEPT_MOST = 500
const compiled = new Map<string, Promise<CompiledMessage>>()

/**
 * Makes a template ready, once for the same template in this process (mjml is slow). `fill(facts)` then gives subject, HTML and text: every value is escaped for its place and never read as
 * a template. Throws messages.templateWrong for a template that is not understood; `fill` throws messages.unknownName for a fact that is missing.
 */
export function compileMessage(template: MessageTemplate): Promise<CompiledMessage> {
  const key = JSON.stringify(template)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const made = compile(template)
  made.catch(() => compiled.delete(key))
  if (compiled.size >= KEPT_MOST) compiled.delete(compiled.keys().next().value!)
  compiled.set(key, made)
  return made
}

async function compile(template: MessageTemplate): Promise<CompiledMessage> {
  for (const text of textsOf(template)) readTemplate(text)
  for (const name of template.blocks.flatMap(blockNames)) if (!isFactName(name)) throw wrongTemplate(name)
  const sentBy = word(template.language, 'messages.frame.sentBy')
  assert(sentBy !== undefined, 'every message says who sent it')
  const subject = readTemplate(template.subject)
  const frame = frameOf(await htmlOfMjml(messageMjml(template, sentBy)))
  const html = readTemplate(frame.html, true)
  const text = readTemplate(messagePlain(template, sentBy))
  const words = (facts: Facts) => ({
    subject: subjectLine(fillTemplate(subject, facts, plainText)),
    text: fillTemplate(text, facts, plainText),
  })
  return {
    names: [...new Set([...namesIn(subject), ...namesIn(html), ...namesIn(text)])],
    fill: (facts) => ({ ...words(facts), html: fillTemplate(html, facts, escapeHtml) }),
    late: (facts) => ({ ...words(facts), html: { frame, facts } }),
  }
}

/** The first 128 bits of SHA-256, as an id. */
function frameOf(html: string): MessageFrame {
  const hash = createHash('sha256').update(html).digest('hex')
  return { id: hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), html }
}

/** Each text by itself must be a whole template: a section may not begin in one and end in another. */
function textsOf({ subject, why, blocks }: MessageTemplate): string[] {
  return [subject, why, ...blocks.flatMap(blockTexts)]
}

function blockTexts(block: Block): string[] {
  if (block.kind === 'facts') return block.rows.flatMap((row) => [row.label, row.value])
  if (block.kind !== 'table') return [block.text]
  return [...block.columns, ...(block.foot === undefined ? [] : [block.foot])].flatMap(({ title, value }) => [title, value])
}

/** Facts that a block names outside of its texts. */
function blockNames(block: Block): string[] {
  const named = [
    block.when,
    ...(block.kind === 'table' ? [block.list, block.foot?.list] : []),
    block.kind === 'button' ? block.link : undefined,
  ]
  return named.filter((name) => name !== undefined)
}
