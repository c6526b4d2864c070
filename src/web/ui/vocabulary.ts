import type { Tone } from '../tokens.ts'

/** The icons of the vocabulary; `status.tsx` draws them. */
export type StatusIcon = 'ok' | 'clock' | 'bang' | 'edit' | 'stop' | 'sync' | 'lock' | 'ask' | 'send' | 'minus' | 'talk' | 'pause' | 'time'

/** What a status says: neutral = nothing to do, info = under way, success = done, warning = look at it, danger = wrong or late. */
type Entry = readonly [tone: Tone, icon: StatusIcon]

const NOTHING: Entry = ['neutral', 'minus']
const UNDER_WAY: Entry = ['info', 'sync']
const WAITS: Entry = ['info', 'clock']
const DONE: Entry = ['success', 'ok']
const LOOK: Entry = ['warning', 'bang']
const WRONG: Entry = ['danger', 'stop']

/** One vocabulary for the whole product: word → tone + icon. The words stand in `shared.json` under `status`. A page cannot choose a colour. */
export const vocabulary = {
  draft: ['neutral', 'edit'],
  submitted: WAITS,
  awaitingApproval: WAITS,
  approved: DONE,
  rejected: WRONG,
  returned: LOOK,
  cancelled: NOTHING,
  delivered: DONE,
  partlyDelivered: UNDER_WAY,
  completed: DONE,
  lateDelivery: LOOK,

  notDue: ['neutral', 'time'],
  dueSoon: ['warning', 'time'],
  overdue: ['danger', 'bang'],
  open: WAITS,
  partPaid: UNDER_WAY,
  settled: DONE,
  disputed: ['warning', 'talk'],
  dunningBlocked: ['neutral', 'pause'],
  writtenOff: NOTHING,
  rescheduled: ['info', 'time'],
  promised: WAITS,
  promiseKept: DONE,
  promiseBroken: WRONG,

  pass: DONE,
  warn: LOOK,
  hold: ['danger', 'lock'],
  creditHold: ['danger', 'lock'],
  held: ['danger', 'lock'],
  released: DONE,
  overridden: LOOK,
  highRisk: ['danger', 'bang'],
  nearLimit: LOOK,
  overLimit: WRONG,
  noLimit: NOTHING,

  recorded: WAITS,
  confirmed: DONE,
  reversed: NOTHING,
  allocated: DONE,
  partlyAllocated: UNDER_WAY,
  unallocated: WAITS,
  prepayment: ['info', 'clock'],
  unidentified: ['neutral', 'ask'],
  sure: DONE,
  likely: ['info', 'ok'],
  check: ['warning', 'ask'],

  posted: DONE,
  balanced: DONE,
  notBalanced: WRONG,
  periodOpen: UNDER_WAY,
  periodClosed: ['neutral', 'lock'],

  queued: WAITS,
  running: UNDER_WAY,
  undoing: UNDER_WAY,
  finished: DONE,
  failed: WRONG,
  ready: DONE,
  refused: WRONG,
  warning: LOOK,
  recognised: DONE,
  imported: DONE,
  takenBack: NOTHING,
  sent: ['success', 'send'],

  active: DONE,
  inactive: NOTHING,
  invited: WAITS,
  disabled: ['neutral', 'lock'],
  expired: NOTHING,
  toConfirm: WAITS,
  merged: NOTHING,
  complete: DONE,
  incomplete: LOOK,
} satisfies Record<string, Entry>

export type StatusWord = keyof typeof vocabulary

export function isStatusWord(word: string): word is StatusWord {
  return word in vocabulary
}
