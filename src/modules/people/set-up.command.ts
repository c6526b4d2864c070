import type { Language } from '../../kernel/language.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Auth } from '../../platform/auth.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { takeSetupToken } from '../../platform/setup-token.ts'
import { foundCompany } from '../company/found-company.command.ts'
import { createApiKey } from './api-keys.command.ts'
import { passwordWeakness } from './password-rule.ts'
import { insertPeople } from './people.store.ts'
import { permissionsOf } from './roles.ts'

export type SetUp = {
  readonly token: string
  readonly companyName: string
  readonly baseCurrency: string
  readonly timeZone: string
  readonly language: Language
  readonly name: string
  readonly email: string
  readonly password: string
}
/** Where the call comes from, for the audit log. */
export type CallPlace = { readonly ip?: string; readonly requestId?: string }
export type SetUpDone = {
  readonly tenantId: number
  readonly personId: string
  readonly entityId: string
  readonly apiKey: string | undefined
}

/** The first company of an installation: a second one at the same time meets its primary key. */
const FIRST_TENANT = 1

/** Demo companies have higher numbers (0108-demo-company.sql); one may stand before there is a company. */
const DEMO_FROM = 900_000

/** Is this installation still waiting for its company? */
export async function isWaitingForCompany(db: Database): Promise<boolean> {
  return (await db.tenants()).every((tenantId) => tenantId > DEMO_FROM)
}

/**
 * Founds the first company with its administrator: with the one-time token printed at the start, and only while there is no company (404 afterwards).
 * `withKey` also makes an API key with every permission, for the command line.
 */
export async function setUp(
  db: Database,
  auth: Auth,
  given: SetUp,
  { withKey = false, from = {} }: { withKey?: boolean; from?: CallPlace } = {},
): Promise<SetUpDone> {
  if (!(await isWaitingForCompany(db))) throw missing('setup')
  const weakness = passwordWeakness(given.password, [given.email, given.name, given.companyName])
  if (weakness) throw new Problem(weakness, {}, { kind: 'invalid', path: 'password' })
  const personId = uuid()
  const email = given.email.toLowerCase()
  try {
    return await db.transaction({ ...founder(personId, given), ...from }, async (tx) => {
      if (!(await takeSetupToken(tx, given.token))) throw new Problem('people.wrongSetupToken', {}, { kind: 'forbidden', path: 'token' })
      const { companyName, baseCurrency, timeZone, language, name } = given
      insertPeople(tx, [
        {
          id: personId,
          userId: personId,
          name,
          email,
          role: 'administrator',
          dataScope: 'all',
          teamId: null,
          phone: null,
          language,
          status: 'active',
        },
      ])
      const { entityId } = await foundCompany(tx, { name: companyName, baseCurrency, timeZone, language, administratorId: personId })
      const apiKey = withKey ? createApiKey(tx, { name: 'setup', scopes: [...tx.caller.permissions], expiresOn: null }).key : undefined
      await auth.saveUser({ tenantId: FIRST_TENANT, personId, email, name, password: given.password })
      return { tenantId: FIRST_TENANT, personId, entityId, apiKey }
    })
  } catch (error) {
    await auth.dropUser(personId)
    throw error
  }
}

function founder(actorId: string, { language, timeZone, baseCurrency, name }: SetUp): Caller {
  return {
    tenantId: FIRST_TENANT,
    actorId,
    actorKind: 'person',
    name,
    role: 'administrator',
    permissions: permissionsOf('administrator'),
    scope: { kind: 'all' },
    language,
    timeZone,
    baseCurrency,
    fourEyes: true,
  }
}
