import { randomBytes } from 'node:crypto'
import { flow } from '../../src/flow.ts'
import type { Language } from '../../src/kernel/language.ts'
import { Problem } from '../../src/kernel/problem.ts'
import { makeDemoNow } from '../../src/modules/demo/ask-for-demo.command.ts'
import { demoPeople } from '../../src/modules/demo/demo-runs.query.ts'
import { type DemoOptions, makeDemo } from '../../src/modules/demo/make-demo.command.ts'
import { DEMO_FROM, dropDemo, dropUnfinishedDemos, nextDemoId } from '../../src/modules/demo/remove-demo.command.ts'
import { openAuth } from '../../src/platform/auth.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { startFlow } from '../../src/platform/events.ts'
import type { Installation } from '../../src/platform/installation.ts'
import { insideTenant } from '../../src/platform/system-caller.ts'
import { ApiRefused } from './api-client.ts'
import type { Outcome } from './command.ts'

/** 144 bits: nobody guesses it, and it is printed once. */
const PASSWORD_BYTES = 18

type Wanted = {
  readonly seed: number
  readonly language: Language
  readonly reset: boolean
  readonly publicUrl: string
  readonly say: (line: string) => void
}

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

async function made(db: Database, installation: Installation, wanted: Wanted): Promise<Outcome> {
  const { seed, reset, publicUrl, say } = wanted
  const from = performance.now()
  const tenants = await db.tenants()
  const [company] = tenants.filter((id) => id < DEMO_FROM)
  const before = tenants.filter((id) => id > DEMO_FROM)
  if (before.length > 0 && !reset)
    throw new ApiRefused(`There is a demo company already (number ${before[0]}): --reset makes a new one in its place.`, 409)
  const system = insideTenant(company ?? DEMO_FROM)
  const said = (done: number, total: number) => say(`${done} / ${total} days`)
  const tenantId = company === undefined ? await forNobody(db, system, wanted, said) : await forCompany(db, system, wanted, said)
  for (const id of before) await dropDemo(db, system, id).catch(() => undefined) // it went with its run
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

/** Kept with the company that may look into it, as if its administrator had asked for it. */
async function forCompany(db: Database, system: Caller, wanted: Wanted, said: DemoOptions['said']): Promise<number> {
  return makeDemoNow(db, system, wanted, said).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'demo.beingMade')
      throw new ApiRefused('A demo company is being made already: wait until it stands, or five minutes after its program was killed.', 409)
    throw error
  })
}

/** Where no company has been set up yet. */
async function forNobody(db: Database, system: Caller, { seed, language }: Wanted, said: DemoOptions['said']): Promise<number> {
  await dropUnfinishedDemos(db, system)
  const tenantId = await db.transaction(system, nextDemoId)
  await makeDemo(db, { tenantId, seed, language, said }).catch(async (error: unknown) => {
    await dropDemo(db, system, tenantId).catch(() => undefined) // it was not founded
    throw error
  })
  return tenantId
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
