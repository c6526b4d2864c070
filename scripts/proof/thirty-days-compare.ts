import { type BrokenRule, beginByHand, type Mail, runByHand, sendByHand, type Taken } from './reminders-by-hand.ts'
import type { Arrived, DayLived, Lived, StepDone } from './thirty-days-run.ts'

export type DayCompared = { readonly on: string; readonly levels: number; readonly expected: number; readonly arrived: number; readonly again: number; readonly differences: readonly string[] } // biome-ignore format: one line

/** What the subject of each text says, and no other one does. */
const SUBJECTS: Readonly<Record<string, RegExp>> = { friendly: /即将到期|即將到期|falling due|due soon/i, overdue: /已逾期|overdue/i, formal: /催款函|formal|demand/i } // biome-ignore format: one line
const NUMBER = /[A-Z]{1,6}-\d{4}-\d{4,}/g

/** Day by day: what was reckoned by hand against what the mail server took and what the books say was done. `broken`: reckoned without one sentence of the rule. */
export function compareDays({ begun, refusing, days }: Lived, broken?: BrokenRule): DayCompared[] {
  const hand = beginByHand(begun, refusing, broken)
  return days.map((day) => {
    const taken = runByHand(hand, day.on, day.morning)
    const mails = sendByHand(hand, day.on, taken, day.beforeSending)
    const differences = [...stepDifferences(taken, day.steps), ...mailDifferences(mails, day)]
    return { on: day.on, levels: day.steps.length, expected: mails.length, arrived: day.arrived.length, again: day.again, differences }
  })
}

function stepDifferences(taken: readonly Taken[], steps: readonly StepDone[]): string[] {
  const said = (one: Taken | StepDone): string => `${one.customer} takes level ${one.level} (${one.turn}): ${one.kinds.join(' ')}`
  return differ(taken.map(said), steps.map(said))
}

function mailDifferences(mails: readonly Mail[], { arrived, morning }: DayLived): string[] {
  const nos = new Set(morning.receivables.map(({ no }) => no))
  const differences = differ(
    mails.map((mail) => `mail to ${mail.to.join(' ')} for ${mail.customer}, level ${mail.level} (${mail.turn}), ${mail.nos.join(' ')}`),
    arrived.map((mail) => `mail to ${mail.to.join(' ')} for ${mail.customer}, level ${mail.level} (${mail.turn}), ${namedIn(mail, nos).join(' ')}`), // biome-ignore format: one line
  )
  for (const mail of mails) {
    const same = arrived.find((one) => one.customer === mail.customer)
    if (same === undefined) continue
    if (!SUBJECTS[mail.template]!.test(same.subject)) differences.push(`${mail.customer}: not the text ${mail.template}: ${same.subject}`)
    for (const total of mail.totals) if (!same.text.includes(total)) differences.push(`${mail.customer}: the total is not ${total}`)
  }
  return differences
}

function namedIn({ text }: Arrived, known: ReadonlySet<string>): string[] {
  return [...new Set(text.match(NUMBER) ?? [])].filter((no) => known.has(no)).sort()
}

function differ(expected: readonly string[], found: readonly string[]): string[] {
  const left = [...found]
  const missing = expected.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [...missing.map((one) => `missing: ${one}`), ...left.map((one) => `too much: ${one}`)]
}

/** The table day by day, and the table customer × day: which level's message arrived. */
export function tables({ days }: Lived, compared: readonly DayCompared[]): string {
  const byDay = compared.map(({ on, levels, expected, arrived, again, differences }) => `| ${on} | ${levels} | ${expected} | ${arrived} | ${differences.length} | ${again} |`) // biome-ignore format: one line
  const customers = days[0]?.morning.customers.toSorted((a, b) => (a.code < b.code ? -1 : 1)) ?? []
  const worked = days.filter(({ arrived }) => arrived.length > 0)
  const cell = (customer: string, { arrived }: DayLived): string =>
    arrived
      .filter((mail) => mail.customer === customer)
      .map(({ level, turn }) => (turn > 1 ? `${level}/${turn}` : String(level)))
      .join(' ')
  const rows = customers
    .map(({ id, code, name }) => ({ code, name, cells: worked.map((day) => cell(id, day)) }))
    .filter(({ cells }) => cells.some((text) => text !== ''))
  return [
    '| day | levels taken | messages reckoned | messages arrived | differences | second run |',
    '|---|---|---|---|---|---|',
    ...byDay,
    '',
    `| customer | ${worked.map(({ on }) => on.slice(5)).join(' | ')} |`,
    `|---|${worked.map(() => '---|').join('')}`,
    ...rows.map(({ code, name, cells }) => `| ${code} ${name} | ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}
