import type { Role } from '../../../src/modules/people/roles.ts'
import type { Person, Reply, TestApp, TestCompany } from '../../harness/app.ts'
import type { OrderWorld } from '../../harness/orders.ts'
import type { Model, Receipt } from './model.ts'

/** Who may do a kind of command; written down here once more, so that the program's own table is not asked. */
export type Right = 'sells' | 'keepsBooks' | 'recordsMoney' | 'managesFinance'
const ALLOWED: Readonly<Record<Right, readonly string[]>> = {
  sells: ['salesperson', 'arAccountant', 'salesManager', 'financeManager', 'administrator', 'secondAccountant'],
  keepsBooks: ['arAccountant', 'secondAccountant', 'financeManager', 'administrator'],
  recordsMoney: ['arAccountant', 'secondAccountant', 'salesperson', 'financeManager', 'administrator'],
  managesFinance: ['financeManager', 'administrator'],
}
const EVERYBODY = [
  'administrator',
  'financeManager',
  'arAccountant',
  'collector',
  'salesManager',
  'salesperson',
  'auditor',
  'secondAccountant',
]
/** One in so many commands is given by somebody who has no right to. */
const TRESPASS = 12

/** The real side of one sequence: the program over HTTP, a company, and how many actors work in it. */
export type System = {
  readonly app: TestApp
  readonly company: TestCompany
  readonly world: OrderWorld
  /** 1 to 8: how many of those who may do something take turns. */
  readonly actors: number
  last: { readonly person: Person; readonly path: string; readonly body: unknown; readonly key: string; readonly reply: Reply } | undefined
}
export type Acting = { readonly who: string; readonly person: Person; readonly mayDo: boolean }

export function actorFor(system: System, right: Right, pick: number): Acting {
  const allowed = ALLOWED[right]
  const mayDo = pick % TRESPASS !== TRESPASS - 1
  const candidates = mayDo ? allowed.slice(0, system.actors) : EVERYBODY.filter((who) => !allowed.includes(who))
  const who = candidates[pick % candidates.length]! as Role
  return { who, person: system.company.people[who], mayDo }
}

/** The version of a document as it stands: what a person's page would have shown. */
export async function versionOf({ app, company }: System, table: string, id: string): Promise<number> {
  const column = table === 'credit_accounts' ? 'customer_id' : 'id'
  const { rows } = await app.database.pool.query(`select t.version from ar.${table} t where t.tenant_id = $1 and t.${column} = $2`, [
    company.tenantId,
    id,
  ])
  return rows[0].version
}

let calls = 0
/** Sends, and says what is wrong when the program's answer is not of the kind that the model expects. */
export async function send(
  system: System,
  { who, person }: Acting,
  path: string,
  body: unknown,
  expected: 'done' | 'refused',
): Promise<Reply> {
  calls += 1
  const key = `model-${process.pid}-${calls}`
  const reply = await person.send('POST', path, body, { 'idempotency-key': key })
  const isDone = reply.status >= 200 && reply.status < 300
  const isRefused = reply.status >= 400 && reply.status < 500 && reply.status !== 400
  if (expected === 'done' ? !isDone : !isRefused)
    throw new Error(
      `${who} POST ${path} ${JSON.stringify(body)}: expected to be ${expected}, but ${reply.status} ${JSON.stringify(reply.body)}`,
    )
  if (isDone) system.last = { person, path, body, key, reply }
  return reply
}

/** One kind of command: when it makes sense, and what it does to the model and to the program. `pick` are whole numbers of chance, resolved against what is there. */
export type Kind = {
  readonly ready: (model: Model) => boolean
  readonly run: (model: Model, system: System, pick: readonly number[]) => Promise<void>
}

export function chosen<T>(from: readonly T[], pick: number): T {
  return from[pick % from.length]!
}
/** Mostly one that fits, now and then any: what is refused must be refused. */
export function mostly<T>(fitting: readonly T[], any: readonly T[], a: number, b: number): T {
  return chosen(fitting.length > 0 && b % 7 > 0 ? fitting : any, a)
}

export function receiptsIn(model: Model, status: Receipt['status']): Receipt[] {
  return model.receipts.filter((one) => one.status === status)
}
