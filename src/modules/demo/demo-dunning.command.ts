import { addDays, type Day } from '../../kernel/day.ts'
import { liftBlock, placeBlock } from '../dunning/blocks.command.ts'
import { runDunning } from '../dunning/run-dunning.command.ts'
import { startRun } from '../dunning/start-run.command.ts'
import { builtInCalendar } from '../terms/built-in-calendars.ts'
import { isWorkingDay } from '../terms/calendar.ts'
import type { Life } from './demo-day.command.ts'
import { outbox } from './demo-outbox.command.ts'

/** The company began to remind so many days ago; what it would have sent stands in the outbox, kept. */
const DUNNED_DAYS = 45
/** The day before the last on which some customers are left alone. */
const PAUSED_DAYS_BEFORE = 30

/** The day's run of reminders, as the collector starts it. On days of rest there is none. */
export async function dun(life: Life, on: Day): Promise<void> {
  if (life.daysLeft(on) > DUNNED_DAYS || !isWorkingDay(builtInCalendar('cn'), on)) return
  const runId = await life.act('collector', startRun)
  await runDunning(life.db, life.callers['collector']!, runId)
  await outbox(life)
}

/** Customers whose dunning pauses: one while something is negotiated, one again in the ladder, one receivable of a third. */
export async function pause(life: Life, on: Day): Promise<void> {
  if (life.paused || life.daysLeft(on) > PAUSED_DAYS_BEFORE) return
  life.paused = true
  const place = (at: number, reason: string, days: number | null) =>
    life.act('collector', (tx) =>
      placeBlock(tx, { customerId: life.customerIds[at]!, untilOn: days === null ? null : addDays(life.span.endOn, days), reason }),
    )
  await place(70, life.words.said.reconciling, 12)
  await place(71, life.words.said.plan, null)
  const liftedId = await place(72, life.words.said.creditNote, 5)
  await life.act('collector', (tx) => liftBlock(tx, liftedId, { version: 1, reason: life.words.said.creditNoteIssued }))
}
