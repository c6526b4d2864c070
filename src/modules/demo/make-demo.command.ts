import { addDays, addMonths, type Day, dayIn, startOfMonth } from '../../kernel/day.ts'
import type { Language } from '../../kernel/language.ts'
import type { Database } from '../../platform/db.ts'
import { systemCaller } from '../../platform/jobs.ts'
import { keepMonthEnd, monthEndsToMake } from '../ageing/keep-month-ends.command.ts'
import { openDemo } from '../company/found-company.command.ts'
import { builtInCalendar } from '../terms/built-in-calendars.ts'
import { isWorkingDay } from '../terms/calendar.ts'
import { beginBooks } from './demo-beginning.command.ts'
import { beginLife, demoClock, type Life } from './demo-day.command.ts'
import { dun, pause } from './demo-dunning.command.ts'
import { happenings } from './demo-happenings.command.ts'
import { lastDays } from './demo-last-days.command.ts'
import { planPayments, takeInMoney } from './demo-money.command.ts'
import { decide, deliverAndEnd, takeOrders } from './demo-orders.command.ts'
import { foundDemo } from './found-demo.command.ts'

const MONTHS = 18
const ZONE = 'Asia/Shanghai'

/** `said` is told how many of how many days have been lived through, at the end of each month. */
export type DemoOptions = {
  readonly tenantId: number
  readonly seed: number
  /** In which everything has its name and people write; the figures are the same in each. */
  readonly language?: Language
  /** Of business before this one. */
  readonly months?: number
  readonly said: (done: number, total: number) => Promise<void> | void
}

/**
 * Makes a demo company: 300 customers and 18 months of business up to today, lived through day by day with the product's own commands by the company's own people. The same seed on the same day
 * gives the same books. It is not one transaction: what was begun and not finished is removed by `ar.remove_demo`.
 */
export async function makeDemo(db: Database, { tenantId, seed, language = 'zh-CN', months = MONTHS, said }: DemoOptions): Promise<void> {
  const endOn = dayIn(ZONE, db.now())
  const startOn = startOfMonth(addMonths(endOn, -months))
  const clock = demoClock(db.now)
  const past = await db.past(clock.now)
  clock.begin(startOn)
  const calendar = builtInCalendar('cn')
  const span = { startOn, endOn, isWorking: (on: Day) => on >= endOn || isWorkingDay(calendar, on) }
  const life = beginLife(past, clock, seed, span, await foundDemo(past, { tenantId, seed, language }))
  await beginBooks(life, startOn)
  const days = daysFrom(startOn, endOn)
  for (const [index, on] of days.entries()) {
    if (span.isWorking(on)) await liveThrough(life, on)
    if (on.endsWith('-01')) await said(index, days.length)
  }
  await lastDays(life, endOn)
  await keepMonthEnds(past, tenantId)
  await life.act('administrator', openDemo)
  await said(days.length, days.length)
}

async function liveThrough(life: Life, on: Day): Promise<void> {
  life.clock.begin(on)
  await decide(life, on)
  await takeOrders(life, on)
  await deliverAndEnd(life, on)
  await planPayments(life, on)
  await takeInMoney(life, on)
  await happenings(life, on)
  await pause(life, on)
  await dun(life, on)
}

async function keepMonthEnds(db: Database, tenantId: number): Promise<void> {
  const system = systemCaller({ tenantId, language: 'zh-CN', timeZone: ZONE, baseCurrency: 'CNY', fourEyes: true })
  const { missing } = await db.read(system, monthEndsToMake)
  for (const onDay of missing) await db.transaction(system, (tx) => keepMonthEnd(tx, onDay))
}

function daysFrom(startOn: Day, endOn: Day): Day[] {
  const days: Day[] = []
  for (let on = startOn; on <= endOn; on = addDays(on, 1)) days.push(on)
  return days
}
