import '../../src/app.ts'
import type pg from 'pg'
import { makeDemo } from '../../src/modules/demo/make-demo.command.ts'
import { prepareReminders } from '../../src/modules/dunning/prepare-reminders.command.ts'
import { runDunning } from '../../src/modules/dunning/run-dunning.command.ts'
import { runDunningJob } from '../../src/modules/dunning/run-dunning.job.ts'
import { lookAfterOutbox } from '../../src/modules/messages/look-after-outbox.command.ts'
import { sendDueMessages } from '../../src/modules/messages/send-messages.command.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { lookAfter } from '../../src/platform/daily-clock.ts'
import type { Database } from '../../src/platform/db.ts'
import { systemCaller } from '../../src/platform/jobs.ts'
import { secretsOf } from '../../src/platform/secrets.ts'
import { type SmtpSink, startSmtpSink } from '../../test/harness/smtp-sink.ts'
import { readMail } from './arrived-mail.ts'
import { plus } from './hand-days.ts'
import type { Begun } from './hand-memory.ts'
import { begunCases, plainBooks } from './plain-books.ts'
import type { Random } from './random.ts'
import type { Books } from './reminders-by-hand.ts'
import { beginEvents, eventsBeforeSending, morningEvents, openEvents } from './thirty-days-events.ts'

export type ThirtyDays = {
  readonly db: Database
  readonly owner: pg.Pool
  /** Moves the clock of `db`. */
  readonly setNow: (instant: string) => void
  readonly tenantId: number
  readonly seed: number
  readonly random: Random
  /** Of business before the first day. */
  readonly months: number
  readonly from: string
  readonly days: number
  readonly said: (line: string) => void
}
/** A message as it arrived at the mail server, and which step the outbox says it is. */
export type Arrived = { readonly customer: string; readonly level: number; readonly turn: number; readonly to: readonly string[]; readonly subject: string; readonly text: string } // biome-ignore format: one line
export type StepDone = { readonly customer: string; readonly level: number; readonly turn: number; readonly kinds: readonly string[] }
/** What was there, what was done and what arrived on a day; `again`: messages and steps of the second runs. */
export type DayLived = {
  readonly on: string
  readonly morning: Books
  readonly beforeSending: Books
  readonly steps: readonly StepDone[]
  readonly arrived: readonly Arrived[]
  readonly again: number
}
export type Lived = { readonly begun: readonly Begun[]; readonly refusing: ReadonlyMap<string, string>; readonly days: readonly DayLived[]; readonly counts: Readonly<Record<string, number>> } // biome-ignore format: one line

/** 09:30 in Shanghai and so on. */
const MORNING = 'T00:05:00Z'
const RUN = 'T01:30:00Z'
const NOON = 'T04:00:00Z'
const EVENING = 'T08:00:00Z'

type Place = ThirtyDays & { readonly caller: Caller; readonly sink: SmtpSink }

/** The demo company as it stands on the evening before the first day. */
export async function beginCompany({ db, tenantId, seed, months, from, setNow, said }: ThirtyDays): Promise<void> {
  setNow(`${plus(from, -1)}${EVENING}`)
  await makeDemo(db, { tenantId, seed, months, said: (done, total) => said(`demo company: day ${done} of ${total}`) })
}

/** The demo company, made to send to a mail server on this machine, lives through so many days by the program's own clock, run and sender; nothing is compared here. */
export async function liveThirtyDays(options: ThirtyDays): Promise<Lived> {
  const { db, owner, tenantId, from, setNow, said, random } = options
  const refusing = new Map<string, string>()
  const sink = await startSmtpSink({
    script: () => ({ rcpt: (address) => (refusing.has(address) ? '550 5.1.1 no such user' : undefined) }),
  })
  try {
    await letItSend(owner, tenantId, sink)
    const caller = systemCaller({ tenantId, language: 'zh-CN', timeZone: 'Asia/Shanghai', baseCurrency: 'CNY', fourEyes: true })
    const place: Place = { ...options, caller, sink }
    const begun = await begunCases(owner, tenantId)
    const events = await openEvents(db, owner, tenantId, random)
    setNow(`${plus(from, -1)}${EVENING}`)
    await beginEvents(events, plus(from, -1))
    const days: DayLived[] = []
    for (let index = 0; index < options.days; index += 1) {
      const on = plus(from, index)
      setNow(`${on}${MORNING}`)
      await morningEvents(events, on)
      const lived = await liveDay(place, on, (today) => eventsBeforeSending(events, today), refusing)
      days.push(lived)
      said(`${on}: ${lived.steps.length} levels, ${lived.arrived.length} messages arrived, second run ${lived.again}`)
    }
    return { begun, refusing, days, counts: events.counts }
  } finally {
    await sink.close()
  }
}

/** A demo company never sends, the database itself forbids it: for the proof the owner of the tables takes that constraint away. */
async function letItSend(owner: pg.Pool, tenantId: number, { port }: SmtpSink): Promise<void> {
  await owner.query('alter table ar.tenants drop constraint tenants_demo_silent')
  await owner.query(`update ar.tenants set sending_enabled = true where tenant_id = $1`, [tenantId])
  const mail = { host: '127.0.0.1', port, security: 'none', user: '', senderName: '财务部', senderAddress: 'finance@ours.example.com', replyTo: '', perMinute: 6_000 } // biome-ignore format: one line
  await owner.query(`insert into ar.settings (tenant_id, key, value) values ($1, 'mail', $2)`, [tenantId, mail])
}

async function liveDay(
  place: Place,
  on: string,
  beforeSending: (on: string) => Promise<void>,
  refusing: Map<string, string>,
): Promise<DayLived> {
  const { owner, tenantId, sink, setNow } = place
  const before = sink.taken.length
  setNow(`${on}${RUN}`)
  const morning = await plainBooks(owner, tenantId)
  await look(place, on)
  const steps = await stepsOf(place, on)
  if (refusing.size < 2) await refuseOne(place, on, refusing)
  // the run of the day is forgotten and run anew: nothing may be taken twice, whatever the run's own row says
  await owner.query(`delete from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning' and r.business_key = $2`, [tenantId, on])
  await look(place, on)
  const twice = (await allSteps(place)) - (await allStepsUpTo(place, steps, on))
  setNow(`${on}${NOON}`)
  await beforeSending(on)
  const books = await plainBooks(owner, tenantId)
  await send(place)
  const arrived = await readArrived(place, before)
  setNow(`${on}${EVENING}`)
  await look(place, on)
  await send(place)
  return { on, morning, beforeSending: books, steps, arrived, again: twice + sink.taken.length - before - arrived.length }
}

/** Two looks of the clock, as of two schedulers, and the day's run worked off if one has begun. */
async function look({ db, caller, owner, tenantId }: Place, on: string): Promise<void> {
  await Promise.all([lookAfter(db, caller, [runDunningJob]), lookAfter(db, caller, [runDunningJob])])
  const { rows } = await owner.query<{ id: string }>(`select r.id from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning' and r.business_key = $2`, [tenantId, on]) // biome-ignore format: one line
  for (const { id } of rows) await runDunning(db, caller, id)
}

async function send({ db, caller, sink }: Place): Promise<void> {
  await db.transaction(caller, lookAfterOutbox)
  const mail = { secrets: secretsOf([Buffer.alloc(32, 7)]), innerServers: [sink.name] }
  await sendDueMessages({ db, caller, mail, signal: new AbortController().signal }, { dunning: prepareReminders })
}

async function stepsOf({ owner, tenantId }: Place, on: string): Promise<StepDone[]> {
  const { rows } = await owner.query<StepDone>(
    `select s.customer_id as customer, s.level, s.turn, array_agg(s.action order by s.action) as kinds from ar.dunning_steps s where s.tenant_id = $1 and s.on_day = $2::date
      group by s.customer_id, s.case_id, s.level, s.turn`,
    [tenantId, on],
  )
  return rows
}

async function allSteps({ owner, tenantId }: Place): Promise<number> {
  return Number((await owner.query(`select count(*) from ar.dunning_steps s where s.tenant_id = $1`, [tenantId])).rows[0].count)
}
/** Steps before a day and those known of it. */
async function allStepsUpTo({ owner, tenantId }: Place, known: readonly StepDone[], on: string): Promise<number> {
  const { rows } = await owner.query(`select count(*) from ar.dunning_steps s where s.tenant_id = $1 and s.on_day < $2::date`, [
    tenantId,
    on,
  ])
  return Number(rows[0].count) + known.reduce((sum, { kinds }) => sum + kinds.length, 0)
}

/** One address that was written to today is one that the mail server does not know. */
async function refuseOne({ owner, tenantId, random }: Place, on: string, refusing: Map<string, string>): Promise<void> {
  const { rows } = await owner.query<{ address: string }>(
    `select distinct x.address from ar.dunning_steps s cross join unnest(s.recipients) x(address) where s.tenant_id = $1 and s.on_day = $2::date order by 1`,
    [tenantId, on],
  )
  if (rows.length > 0) refusing.set(random.oneOf(rows).address, on)
}

async function readArrived({ owner, tenantId, sink }: Place, before: number): Promise<Arrived[]> {
  const mails = sink.taken.slice(before)
  const { rows } = await owner.query<{ header: string; customer: string; key: string }>(
    `select m.header_id as header, m.customer_id as customer, m.business_key as key from ar.messages m where m.tenant_id = $1 and m.header_id = any($2::text[])`,
    [tenantId, mails.map(({ headerId }) => headerId)],
  )
  const known = new Map(rows.map((row) => [row.header, row]))
  return mails.map((mail) => {
    const row = known.get(mail.headerId)
    const [, , level, , turn] = (row?.key ?? '').split(' ')
    return { customer: row?.customer ?? '', level: Number(level), turn: Number(turn ?? 1), to: mail.to, ...readMail(mail) }
  })
}
