import { uuid } from '../../src/kernel/uuid.ts'
import { insertLadder, insertVersion } from '../../src/modules/dunning/ladder.store.ts'
import type { DunningAction } from '../../src/modules/dunning/ladder.ts'
import { runDunning } from '../../src/modules/dunning/run-dunning.command.ts'
import { startRun } from '../../src/modules/dunning/start-run.command.ts'
import { loadedWorld } from './facts.ts'
import { peakMb, print } from './measure.ts'
import type { World } from './world.ts'

/** performance.md: 100,000 receivables, about 27,000 of them overdue. */
const RUN_SECONDS = 0.9
const MESSAGES_PER_SECOND = 2_000

/** A day's dunning of one company, begun from nothing: without messages, with messages, and once more on a day on which everything has been done. */
export async function dunningBench(size: string): Promise<void> {
  const world = await loadedWorld(size)
  await prepare(world)
  const plain = await bestRun(world, [{ kind: 'remindSalesperson', withinDays: 3 }])
  print({
    what: 'dunning run without rendering: cases, steps, what they name, tasks',
    size,
    seconds: plain.seconds,
    perSecond: plain.items / plain.seconds,
    limitSeconds: RUN_SECONDS,
    ratioToLimit: plain.seconds / RUN_SECONDS,
    note: `${plain.cases} cases, ${plain.items} overdue receivables`,
  })
  const written = await bestRun(world, [{ kind: 'email', template: 'overdue' }])
  print({
    what: 'dunning run with messages rendered and queued',
    size,
    seconds: written.seconds,
    perSecond: written.cases / written.seconds,
    limitPerSecond: MESSAGES_PER_SECOND,
    ratioToLimit: MESSAGES_PER_SECOND / (written.cases / written.seconds),
    peakMb: peakMb(),
    note: `${written.cases} messages; the whole run counts, not the rendering alone`,
  })
  await world.owner.query(`delete from ar.runs r where r.kind = 'dunning'`)
  const again = await timedRun(world)
  print({ what: 'dunning run again on the same day: nothing to do', size, seconds: again.seconds, note: `${again.cases} cases` })
  await forget(world)
  await world.close()
}

/** The day of the facts is a Saturday: it is worked. Everybody can be written to. */
async function prepare(world: World): Promise<void> {
  await world.owner.query(
    `insert into ar.calendar_days (tenant_id, on_day, working, name) values (1, '2026-11-21', true, '') on conflict do nothing`,
  )
  await world.owner.query(`update ar.customers c set email = c.code || '@customer.example.com' where c.tenant_id = 1 and c.email is null`)
  await world.owner.query('analyze ar.customers')
}

type Measured = { readonly seconds: number; readonly cases: number; readonly items: number }

async function bestRun(world: World, actions: readonly DunningAction[]): Promise<Measured> {
  const measured: Measured[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    await forget(world)
    await useLadder(world, actions)
    measured.push(await timedRun(world))
  }
  return measured.reduce((best, one) => (one.seconds < best.seconds ? one : best))
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

async function useLadder(world: World, actions: readonly DunningAction[]): Promise<void> {
  await world.owner.query(`delete from ar.dunning_ladder_versions; delete from ar.dunning_ladders`)
  await world.db.transaction(world.maker, async (tx) => {
    const id = uuid()
    insertLadder(tx, { id, name: 'bench', isStandard: true, draft: null })
    const levels = [{ position: 1, name: 'overdue', days: 1, minimumMinor: 0n, actions }]
    const by = { draftedBy: null, publishedBy: null, publishedHow: 'founded' as const, requestId: null }
    insertVersion(tx, { id: uuid(), ladderId: id, no: 1, content: { leastDaysBetween: 3, levels }, validFrom: tx.today, ...by })
  })
}

async function forget(world: World): Promise<void> {
  await world.owner.query(
    'truncate ar.dunning_mailed_items, ar.dunning_step_items, ar.dunning_steps, ar.dunning_cases, ar.message_attempts, ar.message_contents, ar.messages',
  )
  await world.owner.query(`delete from ar.tasks k where k.source_kind = 'dunningStep'`)
  await world.owner.query(`delete from ar.notifications n where n.entity in ('dunningRun', 'dunningCase')`)
  await world.owner.query(`delete from ar.runs r where r.kind = 'dunning'`)
}
