/**
 * npm run proof:small-pool [-- --questions N --seed S --at-once A]: two companies ask in turn on pools of one, two and four connections, every third question is broken off; prints one JSON line;
 * exit 1 when anybody saw a row of the other, or a connection remembered a company.
 */
import { parseArgs } from 'node:util'
import '../../src/app.ts' // what follows what (flow.ts)
import { uuid } from '../../src/kernel/uuid.ts'
import { foundCompany } from '../../src/modules/company/found-company.command.ts'
import { createCustomers } from '../../src/modules/customers/create-customers.command.ts'
import { SYSTEM_ACTOR } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { urlFor } from '../../src/platform/login-role.ts'
import { prepareDatabase } from '../../src/platform/prepare-database.ts'
import { callerOf } from '../../test/harness/callers.ts'
import { startThrowAwayServer } from '../../test/harness/test-server.ts'
import { noteProof } from './proof-lines.ts'
import { type Asking, askInTurn, type SmallPoolSummary } from './small-pool-run.ts'

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    'at-once': { type: 'string', default: '16' },
  },
})
const POOLS = [1, 2, 4]
const CUSTOMERS = 20
const login = { name: 'huikuan_proof', password: 'huikuan_proof' }
const began = performance.now()
const server = await startThrowAwayServer({})
try {
  await prepareDatabase(server.url, login)
  const url = urlFor(server.url, login)
  const found = await openDatabase({ url, clock: () => new Date() })
  const companies = [await foundAsking(found, 1), await foundAsking(found, 2)]
  await found.close()
  const turns = Math.ceil(Number(values.questions) / POOLS.length)
  const summaries: SmallPoolSummary[] = []
  for (const poolSize of POOLS) {
    const db = await openDatabase({ url, clock: () => new Date(), poolSize })
    summaries.push(await askInTurn(db, companies, { turns, seed: Number(values.seed) + poolSize, atOnce: Number(values['at-once']) }))
    await db.close()
  }
  const line = summaryOf(summaries)
  noteProof({ ...line, proof: 'two companies in turn on a small pool, at length', ids: ['S21', 'T07'] })
  console.info(JSON.stringify(line))
  process.exitCode = line.strangers + line.remembered > 0 ? 1 : 0
} finally {
  await server.stop()
}

async function foundAsking(db: Database, tenantId: number): Promise<Asking> {
  const caller = callerOf(tenantId)
  const salespersonId = uuid()
  await db.transaction(caller, async (tx) => {
    const company = { name: `company ${tenantId}`, baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'en' as const }
    await foundCompany(tx, { ...company, administratorId: SYSTEM_ACTOR })
    tx.insert('people', [{ id: salespersonId, name: 'Lin', email: `lin.${tenantId}@example.com`, role: 'salesperson' }])
  })
  const customers = Array.from({ length: CUSTOMERS }, (_, at) => ({ name: `customer ${tenantId} ${at}`, salespersonId }))
  await db.transaction(caller, (tx) => createCustomers(tx, customers, { acceptSimilar: true }))
  return { caller, scoped: { ...caller, scope: { kind: 'own', salespeople: [salespersonId] } } }
}

function summaryOf(summaries: readonly SmallPoolSummary[]) {
  const strangers = summaries.flatMap((one) => one.strangers)
  const remembered = summaries.flatMap((one) => one.remembered)
  const brokenOff: Record<string, number> = {}
  for (const one of summaries) for (const [how, count] of Object.entries(one.brokenOff)) brokenOff[how] = (brokenOff[how] ?? 0) + count
  return {
    questions: summaries.reduce((sum, { asked }) => sum + asked, 0),
    pools: POOLS,
    atOnce: Number(values['at-once']),
    seed: Number(values.seed),
    brokenOff,
    strangers: strangers.length,
    remembered: remembered.length,
    seconds: Math.round((performance.now() - began) / 1_000),
    findings: [...strangers, ...remembered].slice(0, 10),
  }
}
