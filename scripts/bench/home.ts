import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { keepKpiMonthsJob } from '../../src/modules/reports/kpi/keep-kpi-months.job.ts'
import { loadedWorld } from './facts.ts'
import { measurePages } from './measure-pages.ts'

const P95_MS = 300

const panels: Readonly<Record<string, string>> = {
  'home: today, finance manager': '/api/home/today?view=financeManager',
  'home: today, AR accountant': '/api/home/today?view=arAccountant',
  'home: today, collector': '/api/home/today?view=collector',
  'home: figures and month ends': '/api/home/figures',
  'home: collected this month': '/api/home/collections',
  'home: cash of 13 weeks': '/api/home/cash',
  'home: top risks': '/api/home/risks',
}

/** Every panel of the home page through HTTP, one after the other and all at once as the page asks for them; p95 ≤ 300 ms wanted. Month ends are kept first, as every night. */
export async function homeBench(size: string): Promise<void> {
  const world = await loadedWorld(size)
  for (const job of [keepMonthEndsJob, keepKpiMonthsJob]) await job.run({ db: world.db, caller: world.maker, log: () => undefined }, {})
  const page = ['/api/home/today?view=financeManager', '/api/home/figures', '/api/home/collections', '/api/home/cash', '/api/home/risks']
  await measurePages(world, size, P95_MS, {
    ...Object.fromEntries(Object.entries(panels).map(([what, path]) => [what, () => [path]])),
    'home: the whole page at once': () => page,
  })
  await world.close()
}
