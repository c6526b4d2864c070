import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Auth } from '../../platform/auth.ts'
import { may } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { type BoundRoute, handle, read, signedIn, write } from '../../platform/http.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { isDemoCompany } from '../company/company.query.ts'
import { KNOWN_FOR_MS, originOf } from '../people/authenticate.query.ts'
import { callerOfPerson, knownPerson } from '../people/caller.query.ts'
import { askForDemo } from './ask-for-demo.command.ts'
import * as api from './demo.api.ts'
import { demoPeople, demoRuns } from './demo-runs.query.ts'
import { isUnderWay, removeDemos } from './remove-demo.command.ts'

const OK = { ok: true } as const

export function demoHttp(auth: Auth): readonly BoundRoute[] {
  return [
    read(api.getDemo, async (reader) => {
      const last = (await demoRuns(reader)).find(({ status }) => status !== 'cancelled')
      if (last === undefined) return { status: 'none' as const, done: 0, total: 0, seed: null, madeAt: null }
      const { status, done, total, params, finishedAt } = last
      return {
        status: status === 'done' ? ('ready' as const) : isUnderWay(last, reader.at) ? ('making' as const) : ('failed' as const),
        done: Number(done),
        total: Number(total ?? 0n),
        seed: params.seed,
        madeAt: finishedAt?.toISOString() ?? null,
      }
    }),
    write(api.postDemo, async (tx, { body }) => {
      await askForDemo(tx, body.seed)
      return OK
    }),
    handle(api.deleteDemo, async ({ db, caller }) => {
      const own = signedIn(caller)
      if (await db.read(own, isDemoCompany)) throw new Problem('demo.insideDemo')
      if ((await db.read(own, demoRuns)).some((run) => isUnderWay(run, db.now())))
        throw new Problem('demo.beingMade', {}, { kind: 'conflict' })
      await removeDemos(db, own)
      return OK
    }),
    ...visits(auth),
  ]
}

/** Going in and out, within a session. Only who may change the own company goes in, and only into the demo that this company asked for. */
function visits(auth: Auth): BoundRoute[] {
  return [
    handle(api.getVisit, async ({ db, request, caller }) => {
      const own = signedIn(caller)
      if (!(await db.read(own, isDemoCompany))) throw missing('demo')
      const user = await auth.userOf(originOf(request))
      return { people: await db.read({ ...own, scope: { kind: 'all' } }, demoPeople), mayLeave: user?.home !== undefined }
    }),
    handle(api.postVisit, async ({ db, request }, { body: { personId } }) => {
      const { sessionId, tenantId } = await demoOf(db, auth, request)
      const people = await db.read(insideTenant(tenantId), demoPeople)
      const person = personId === undefined ? people.find(({ role }) => role === 'administrator') : people.find(({ id }) => id === personId)
      if (person === undefined) throw missing('person')
      await auth.visit(sessionId, { tenantId, personId: person.id })
      await sleep(KNOWN_FOR_MS) // until then a process may still take the session for who it was
      return OK
    }),
    handle(api.deleteVisit, async ({ request }) => {
      const user = await auth.userOf(originOf(request))
      if (user?.home === undefined) throw missing('demo')
      await auth.endVisit(user.sessionId)
      await sleep(KNOWN_FOR_MS)
      return OK
    }),
  ]
}

/** The demo of the company to which whoever sits at the screen belongs. Throws people.sessionWanted for an API key, people.mayNot, and 404 where none stands. */
async function demoOf(db: Database, auth: Auth, request: FastifyRequest): Promise<{ sessionId: string; tenantId: number }> {
  const user = await auth.userOf(originOf(request))
  if (!user) throw new Problem('people.sessionWanted', {}, { kind: 'forbidden' })
  const home = user.home ?? { tenantId: user.tenantId, personId: user.personId }
  const person = await db.read(insideTenant(home.tenantId), (reader) => knownPerson(reader, home.personId))
  const caller = person?.status === 'active' ? callerOfPerson(home.tenantId, person) : undefined
  if (caller === undefined || !may(caller, 'company.edit'))
    throw new Problem('people.mayNot', { permission: 'company.edit' }, { kind: 'forbidden' })
  const tenantId = (await db.read(caller, demoRuns)).find(({ status }) => status === 'done')?.params.demoTenantId
  if (tenantId === undefined) throw missing('demo')
  return { sessionId: user.sessionId, tenantId }
}
