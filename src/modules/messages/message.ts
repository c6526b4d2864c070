import type { Language } from '../../kernel/language.ts'
import type { Facts } from './logic-less.ts'

/** What a message says: both forms of the same words. `html` is a whole document, made by compile-message.query.ts. */
export type MessageContent = { readonly subject: string; readonly html: string; readonly text: string }

/** The HTML of a template before its facts; kept once however many messages it makes. `id` is its hash. */
export type MessageFrame = { readonly id: string; readonly html: string }
/** HTML that is made when somebody looks at it or it is sent: always the same, because neither frame nor facts change. */
export type LateHtml = { readonly frame: MessageFrame; readonly facts: Facts }
export type LateContent = Omit<MessageContent, 'html'> & { readonly html: LateHtml }

/** A message (邮件) to be queued. `businessKey` names the one thing it is about: the same key is never queued twice in a company. */
export type NewMessage = MessageAbout & Omit<MessageContent, 'html'> & { readonly html: string | LateHtml }
export type MessageAbout = {
  readonly id: string
  readonly businessKey: string
  /** Which preparer looks at it once more before it is sent. */
  readonly kind: string
  readonly entity: string
  readonly entityId: string
  readonly customerId: string | null
  readonly personId: string | null
  /** Plain addresses, at least one, at most RECIPIENTS_MOST. */
  readonly to: readonly string[]
  readonly language: Language
  /** Files of the company (ar.files) that go along, in this order. */
  readonly fileIds?: readonly string[]
}

export const messageStatuses = ['queued', 'sending', 'sent', 'uncertain', 'failed', 'withheld', 'kept'] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** Kinds of messages that people filter by. */
export const messageKinds = ['dunning', 'reports'] as const

/** Recipients of one message. */
export const RECIPIENTS_MOST = 20
/** Characters of a subject line: longer ones are cut. */
export const SUBJECT_MOST = 250

/** A subject in one line, without control characters or marks that turn the direction of writing. */
export function subjectLine(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return plain.length <= SUBJECT_MOST ? plain : `${plain.slice(0, SUBJECT_MOST - 1)}…`
}
