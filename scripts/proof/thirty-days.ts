/**
 * npm run proof:thirty-days [-- --months 18 --days 30 --seed 1 --out FILE]: a demo company lives through thirty days of reminders against a mail server on this machine. Compares what arrived with what a
 * reckoning by hand says, customer by customer; every day is run twice; and each sentence of the rule that is taken away must show. Exits 1 otherwise.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase } from '../../src/platform/db.ts'
import { prepareJobs } from '../../src/platform/jobs.ts'
import { urlFor } from '../../src/platform/login-role.ts'
import { prepareDatabase } from '../../src/platform/prepare-database.ts'
import { startThrowAwayServer } from '../../test/harness/test-server.ts'
import { noteProof } from './proof-lines.ts'
import { randomOf } from './random.ts'
import { type BrokenRule, brokenRules } from './reminders-by-hand.ts'
import { compareDays, tables } from './thirty-days-compare.ts'
import { beginCompany, type Lived, liveThirtyDays, type ThirtyDays } from './thirty-days-run.ts'

const { values } = parseArgs({
  options: {
    months: { type: 'string', default: '18' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
})
/** The autumn of 2026: two holidays, two Sundays and Saturdays on which people work. */
const FROM = '2026-09-14'
const login = { name: 'huikuan_proof', password: 'huikuan_proof' }
const server = await startThrowAwayServer({})
await prepareDatabase(server.url, login)
await prepareJobs(server.url)
let now = new Date(`${FROM}T00:00:00Z`)
const db = await openDatabase({ url: urlFor(server.url, login), clock: () => now, poolSize: 8 })
const owner = new pg.Pool({ connectionString: server.url, max: 2 })
owner.on('error', () => undefined) // the server is stopped while its last connection still closes
const options: ThirtyDays = {
  db,
  owner,
  setNow: (instant) => {
    now = new Date(instant)
  },
  tenantId: 900_001,
  seed: Number(values.seed),
  random: randomOf(Number(values.seed)),
  months: Number(values.months),
  from: FROM,
  days: Number(values.days),
  said: (line) => console.error(line),
}
try {
  await beginCompany(options)
  const isTrue = report(await liveThirtyDays(options))
  process.exitCode = isTrue ? 0 : 1
} finally {
  await owner.end()
  await db.close()
  await server.stop()
}

/** Prints tables, differences and figures; whether nothing differed, nothing happened twice and every broken rule was found. */
function report(lived: Lived): boolean {
  const compared = compareDays(lived)
  const table = tables(lived, compared)
  console.info(table)
  for (const { on, differences } of compared) for (const said of differences.slice(0, 20)) console.info(`${on} ${said}`)
  const sum = (of: (day: (typeof compared)[number]) => number): number => compared.reduce((total, day) => total + of(day), 0)
  const found = (rule: BrokenRule): number => compareDays(lived, rule).reduce((total, day) => total + day.differences.length, 0)
  const figures = {
    days: compared.length,
    levels: sum(({ levels }) => levels),
    reckoned: sum(({ expected }) => expected),
    arrived: sum(({ arrived }) => arrived),
    differences: sum(({ differences }) => differences.length),
    againOnTheSameDay: sum(({ again }) => again),
    happened: lived.counts,
    differencesWithoutOneSentence: Object.fromEntries(brokenRules.map((rule) => [rule, found(rule)])),
    seed: Number(values.seed),
  }
  console.info(JSON.stringify(figures, null, 2))
  if (values.out !== undefined) writeFileSync(values.out, `${table}\n${JSON.stringify(figures, null, 2)}\n`)
  const isFound = Object.values(figures.differencesWithoutOneSentence).every((count) => count > 0)
  const isTrue = figures.differences === 0 && figures.againOnTheSameDay === 0 && isFound
  if (isTrue) noteProof({ proof: 'thirty days of reminders', ids: ['I-36', 'I-38', 'I-39'], ...figures })
  return isTrue
}
