import { uuid } from '../../src/kernel/uuid.ts'
import { insertLadder, insertVersion } from '../../src/modules/dunning/ladder.store.ts'
import type { DunningAction, DunningLevel } from '../../src/modules/dunning/ladder.ts'
import { runDunning } from '../../src/modules/dunning/run-dunning.command.ts'
import { startRun } from '../../src/modules/dunning/start-run.command.ts'
import { loadedWorld } from './facts.ts'
import { peakMb, print } from './measure.ts'
import { TODAY, type World } from './world.ts'

/** performance.md: 100,000 receivables, about 27,000 of them overdue. */
const RUN_SECONDS = 0.9
const MESSAGES_PER_SECOND = 2_000
const TURNS = 3

const remind: DunningAction = { kind: 'remindSalesperson', withinDays: 3 }
const level = (days: number, ...actions: DunningAction[]): DunningLevel => ({ position: 0, name: String(days), days, minimumMinor: 0n, actions, repeat: null }) // biome-ignore format: one line
/** As long as a company's ladder is, with tasks in place of messages. */
const LADDER = [level(-3, remind), level(3, remind), level(15, remind), level(30, { kind: 'escalate' }), level(60, { kind: 'flagHighRisk', hold: false })] // biome-ignore format: one line
/** The days on which everything that was old at the beginning is caught up with, three days apart; then days like any other. */
const CATCHING_UP = ['2026-11-24', '2026-11-27', '2026-11-30']
const ORDINARY = ['2026-12-03', '2026-12-04', '2026-12-07']

/** A company's dunning: the first day, on which everything is overdue at once, without messages and with them, once more on the same day; then, all cases far up the ladder, ordinary days. */
export async function dunningBench(size: string): Promise<void> {
  const world = await loadedWorld(size)
  await prepare(world)
  const limit = (seconds: number) => ({ size, seconds, limitSeconds: RUN_SECONDS, ratioToLimit: seconds / RUN_SECONDS })
  const first = await bestFirstDay(world, [level(1, remind)])
  print({ what: 'dunning, first day: a case for everybody, without messages', ...limit(first.seconds), note: said(first) })
  const written = await bestFirstDay(world, [level(1, { kind: 'email', template: 'overdue' })])
  print({
    what: 'dunning, first day: a message for everybody, rendered and queued',
    size,
    seconds: written.seconds,
    perSecond: written.cases / written.seconds,
    limitPerSecond: MESSAGES_PER_SECOND,
    ratioToLimit: MESSAGES_PER_SECOND / (written.cases / written.seconds),
    peakMb: peakMb(),
    note: `${said(written)}; the whole run counts, not the rendering alone`,
  })
  await world.owner.query(`delete from ar.runs r where r.kind = 'dunning'`)
  const again = await timedRun(world)
  print({ what: 'dunning, first day again: nothing to do', ...limit(again.seconds), note: said(again) })
  const ordinary = await ordinaryDays(world)
  print({ what: 'dunning, ordinary day: everybody judged, few take a level', ...limit(ordinary.seconds), note: said(ordinary) })
  await forget(world)
  await world.close()
}

/** The day of the facts is a Saturday: it is worked. Everybody can be written to. */
async function prepare(world: World): Promise<void> {
  await world.owner.query(
    `insert into ar.calendar_days (tenant_id, on_day, working, name) values (1, '2026-11-21', true, '') on conflict do nothing`,
  )
  await world.owner.query(`update ar.customers c set email = c.code || '@customer.example.com' where c.tenant_id = 1 and c.email is null`)
  await world.owner.query('vacuum (analyze) ar.customers')
}

type Measured = { readonly seconds: number; readonly cases: number; readonly items: number }

function said({ cases, items }: Measured): string {
  return `${cases} cases took a level, which names ${items} receivables`
}

/** The best of some first days. */
async function bestFirstDay(world: World, levels: readonly DunningLevel[]): Promise<Measured> {
  const measured: Measured[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    await forget(world)
    await useLadder(world, levels)
    measured.push(await timedRun(world))
  }
  return best(measured)
}

/** The best of some days in a row, after the old debts have come up the ladder. */
async function ordinaryDays(world: World): Promise<Measured> {
  await forget(world)
  await useLadder(world, LADDER)
  await timedRun(world)
  const measured = new Map<string, Measured>()
  for (const day of [...CATCHING_UP, ...ORDINARY]) {
    world.moveTo(new Date(`${day}T04:00:00Z`))
    measured.set(day, await timedRun(world))
  }
  world.moveTo(TODAY)
  return best(ORDINARY.map((day) => measured.get(day)!))
}

function best(measured: readonly Measured[]): Measured {
  return measured.reduce((found, one) => (one.seconds < found.seconds ? one : found))
}

async function timedRun(world: World): Promise<Measured> {
  const runId = await world.db.transaction(world.maker, startRun)
  const from = performance.now()
  await runDunning(world.db, world.maker, runId)
  const seconds = (performance.now() - from) / 1_000
  const { rows } = await world.owner.query<{ status: string; cases: number; items: number }>(
    `select r.status, (r.result #>> '{counts,cases}')::int as cases, (r.result #>> '{counts,items}')::int as items from ar.runs r where r.id = $1`,
    [runId],
  )
  if (rows[0]?.status !== 'done') throw new Error(`the run ended as ${rows[0]?.status}`)
  return { seconds, ...rows[0] }
}

async function useLadder(world: World, levels: readonly DunningLevel[]): Promise<void> {
  await world.owner.query(`delete from ar.dunning_ladder_versions; delete from ar.dunning_ladders`)
  await world.db.transaction(world.maker, async (tx) => {
    const id = uuid()
    insertLadder(tx, { id, name: 'bench', isStandard: true, draft: null })
    const by = { draftedBy: null, publishedBy: null, publishedHow: 'founded' as const, requestId: null }
    const placed = levels.map((one, index) => ({ ...one, position: index + 1 }))
    insertVersion(tx, { id: uuid(), ladderId: id, no: 1, content: { leastDaysBetween: 3, levels: placed }, validFrom: tx.today, ...by })
  })
}

/** Whoever opens a new database has empty, analysed tables; autovacuum does the rest in the real one. */
async function forget(world: World): Promise<void> {
  await world.owner.query(
    'truncate ar.dunning_mailed_items, ar.dunning_step_items, ar.dunning_steps, ar.dunning_cases, ar.message_attempts, ar.message_contents, ar.messages',
  )
  await world.owner.query(`delete from ar.tasks k where k.source_kind = 'dunningStep'`)
  await world.owner.query(`delete from ar.notifications n where n.entity in ('dunningRun', 'dunningCase')`)
  await world.owner.query(`delete from ar.runs r where r.kind = 'dunning'`)
  await world.owner.query('vacuum (analyze) ar.tasks, ar.notifications, ar.runs')
}
