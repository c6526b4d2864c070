import { randomBytes } from 'node:crypto'
import { flow } from '../../src/flow.ts'
import { demoPeople } from '../../src/modules/demo/demo-runs.query.ts'
import { keepRun } from '../../src/modules/demo/keep-run.command.ts'
import { makeDemo } from '../../src/modules/demo/make-demo.command.ts'
import { DEMO_FROM, dropDemo, nextDemoId, removeDemos } from '../../src/modules/demo/remove-demo.command.ts'
import { openAuth } from '../../src/platform/auth.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { startFlow } from '../../src/platform/events.ts'
import type { Installation } from '../../src/platform/installation.ts'
import { insideTenant } from '../../src/platform/system-caller.ts'
import { ApiRefused } from './api-client.ts'
import type { Outcome } from './command.ts'

/** 144 bits: nobody guesses it, and it is printed once. */
const PASSWORD_BYTES = 18

type Wanted = { readonly seed: number; readonly reset: boolean; readonly publicUrl: string; readonly say: (line: string) => void }

/** Makes a demo company beside the running program, or without it. Apart from its command: it loads every module, which the other commands do without. */
export async function makeDemoCompany(installation: Installation, wanted: Wanted): Promise<Outcome> {
  startFlow(flow)
  const db = await openDatabase({ url: installation.appUrl, clock: systemClock })
  try {
    return await made(db, installation, wanted)
  } finally {
    await db.close()
  }
}

async function made(db: Database, installation: Installation, { seed, reset, publicUrl, say }: Wanted): Promise<Outcome> {
  const from = performance.now()
  const tenants = await db.tenants()
  const [company] = tenants.filter((id) => id < DEMO_FROM)
  const before = tenants.filter((id) => id > DEMO_FROM)
  if (before.length > 0 && !reset)
    throw new ApiRefused(`There is a demo company already (number ${before[0]}): --reset makes a new one in its place.`, 409)
  const system = insideTenant(company ?? DEMO_FROM)
  const tenantId = await db.transaction(system, nextDemoId)
  await makeDemo(db, { tenantId, seed, said: (done, total) => say(`${done} / ${total} days`) }).catch(async (error: unknown) => {
    await dropDemo(db, system, tenantId).catch(() => undefined) // it was not founded
    throw error
  })
  if (company !== undefined) await removeDemos(db, system)
  for (const id of before) await dropDemo(db, system, id).catch(() => undefined) // it went with its run
  if (company !== undefined) await db.transaction(system, async (tx) => keepRun(tx, { seed, demoTenantId: tenantId }))
  const login = await newLogin(db, installation, tenantId, publicUrl)
  const seconds = Math.round((performance.now() - from) / 100) / 10
  return {
    lines: [
      `The demo company stands (number ${tenantId}, seed ${seed}, ${seconds} s).`,
      'Its administrator signs in with this password, which is shown once:',
      `  ${publicUrl}/sign-in`,
      `  ${login.email}`,
      `  ${login.password}`,
      ...(company === undefined ? [] : ['An administrator of your company also gets in without it: Settings → Demo company.']),
    ],
    data: { tenantId, seed, seconds, ...login },
  }
}

async function newLogin(db: Database, { appUrl, secrets }: Installation, tenantId: number, publicUrl: string) {
  const people = await db.read(insideTenant(tenantId), demoPeople)
  const { id, name } = people.find(({ role }) => role === 'administrator')!
  const email = `administrator@demo-${tenantId}.example`
  const password = randomBytes(PASSWORD_BYTES).toString('base64url')
  const auth = openAuth({ url: appUrl, secret: secrets.derive('sessions'), publicUrl })
  try {
    await auth.saveUser({ tenantId, personId: id, email, name, password })
  } finally {
    await auth.close()
  }
  return { email, password }
}
