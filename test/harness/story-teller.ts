import { sql } from '../../src/platform/sql.ts'
import type { Person, Reply, TestApp, TestCompany } from './app.ts'

/** What the story has made so far, by name. */
export type Told = {
  readonly terms: Record<string, string>
  readonly customers: Record<string, string>
  readonly products: Record<string, string>
  readonly orders: Record<string, string>
  readonly receivables: Record<string, string>
  readonly receipts: Record<string, string>
  readonly batches: Record<string, string>
}

/** How the story is told: who does what, and that it worked. */
export type Tell = {
  readonly app: TestApp
  readonly company: TestCompany
  readonly canary: string
  readonly people: TestCompany['people']
  /** Does it and gives the answer; whatever is not a success ends the story with what was said. */
  post(person: Person, path: string, body?: unknown): Promise<Reply['body']>
  put(person: Person, path: string, body: unknown): Promise<Reply['body']>
  patch(person: Person, path: string, body: unknown): Promise<Reply['body']>
  get(person: Person, path: string): Promise<Reply['body']>
  /** The document's present version. */
  version(path: string): Promise<number>
  /** Decides whatever waits for a decision about this document, step by step, as `person`. */
  decide(person: Person, entityId: string, decision: 'approved' | 'rejected', reason?: string): Promise<void>
}

export function teller(app: TestApp, company: TestCompany, canary: string): { tell: Tell; told: Told } {
  const { people } = company
  const done = (what: string, reply: Reply) => {
    if (reply.status >= 300) throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const tell: Tell = {
    app,
    company,
    canary,
    people,
    post: async (person, path, body = {}) => done(`POST ${path}`, await person.post(path, body)),
    put: async (person, path, body) => done(`PUT ${path}`, await person.send('PUT', path, body)),
    patch: async (person, path, body) => done(`PATCH ${path}`, await person.send('PATCH', path, body)),
    get: async (person, path) => done(`GET ${path}`, await person.get(path)),
    version: async (path) => (await tell.get(people.administrator, path)).version,
    decide: async (person, entityId, decision, reason = 'agreed') => {
      const { id, version } = await app.db.read(company.system, (reader) =>
        reader.one<{ id: string; version: number }>(
          sql`select r.id, r.version from ar.approval_requests r where r.tenant_id = ${company.tenantId} and r.entity_id = ${entityId} and r.status = 'pending'`,
        ),
      )
      await tell.post(person, '/api/approvals/decisions', { decisions: [{ id, version, decision, reason }] })
    },
  }
  const told = { terms: {}, customers: {}, products: {}, orders: {}, receivables: {}, receipts: {}, batches: {} }
  return { tell, told }
}
