import { uuid } from '../../src/kernel/uuid.ts'
import { loadedWorld, sizes } from './facts.ts'
import { best, print } from './measure.ts'

const LIMIT_ROWS = 148_000

/** The load prints its own speed the first time; here the limit of the same server: bare rows in one statement, no constraint, no voucher. */
export async function bulkPosting(size: string): Promise<void> {
  const world = await loadedWorld(size)
  await world.owner.query('create unlogged table if not exists public.bench_rows (tenant_id int, id uuid, amount bigint, due_on date)')
  const ids = Array.from({ length: 50_000 }, () => uuid())
  const seconds = await best(3, () =>
    world.owner.query(`insert into public.bench_rows select 1, i, 100, date '2026-01-01' from unnest($1::uuid[]) i`, [ids]),
  )
  await world.owner.query('drop table public.bench_rows')
  print({
    what: 'limit: bare rows, set-based',
    size,
    perSecond: ids.length / seconds,
    note: `design figure ${LIMIT_ROWS}/s on its own machine; ours must reach 7,400/s; ${sizes[size]!.receivables} receivables are loaded`,
  })
  await world.close()
}
