import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { type Random, randomOf } from '../../scripts/proof/random.ts'
import { auditConsistency } from '../../src/modules/company/audit-proof.query.ts'
import { invariants } from '../../src/modules/reports/invariants/index.ts'
import type { Fault } from '../../src/modules/reports/invariants/invariant.query.ts'
import { auditLeaf } from '../../src/platform/audit.ts'
import { sealAudit } from '../../src/platform/seal.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { ownerReader } from '../harness/owner-reader.ts'

const MUTATIONS = Number(process.env['HUIKUAN_TAMPERINGS'] ?? 1_000)
const SEED = 20_261_122
const ENTRIES = 48

let app: TestApp
let company: TestCompany
let client: pg.Client
/** Every sealed entry in the order of its place. */
let ids: string[]
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('tampered')
  for (let index = 0; index < ENTRIES; index += 1) {
    await app.db.transaction(company.people.administrator.caller, async (tx) =>
      tx.audit({
        action: 'customers.edited',
        entity: 'customer',
        entityId: tx.caller.actorId,
        before: { n: index },
        after: { n: index + 1 },
      }),
    )
    if (index % 7 === 0) await sealAudit(app.db, company.system)
  }
  while ((await sealAudit(app.db, company.system)) > 0);
  client = new pg.Client(app.database.owner)
  await client.connect()
  const { rows } = await client.query<{ id: string }>('select s.id from ar.audit_seals s where s.tenant_id = $1 order by s.seq', [t()])
  ids = rows.map(({ id }) => id)
  expect(ids).toHaveLength(ENTRIES)
}, 120_000)
afterAll(async () => {
  await client.end()
  await app.close()
})

const t = (): number => company.tenantId
const run = async (text: string, ...values: unknown[]): Promise<void> => void (await client.query(text, [t(), ...values]))
const proofOf = (id: string) => invariants.find((one) => one.id === id)!

/** What both proofs of the log say, first fault first. */
async function faults(): Promise<Fault[]> {
  const reader = ownerReader(client, company.system, app.db.now())
  const found = await Promise.all(
    ['I-43', 'I-43-queue'].map((id) => {
      const proof = proofOf(id)
      if (!('check' in proof)) throw new Error(`${id} is no check`)
      return proof.check(reader)
    }),
  )
  return found.flat()
}

/** The leaf that would be right for the entry as it now stands: what a forger who knows the rule puts in. */
async function rehash(id: string, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query(
    `select l.id, l.at, l.actor_id as "actorId", l.actor_kind as "actorKind", l.ip, l.request_id as "requestId", l.action, l.entity, l.entity_id as "entityId", l.body from ar.audit_log l where l.tenant_id = $1 and l.id = $2`,
    [t(), id],
  )
  const [row] = rows
  const leaf = auditLeaf(t(), { ...row, at: row.at.toISOString() })
  for (const table of tables) await run(`update ar.${table} set leaf = $3 where tenant_id = $1 and id = $2`, id, leaf)
}

/** Each does its harm and gives the entry that the proof should name first; undefined where it is not one entry that is wrong. */
type Tampering = (random: Random) => Promise<string | undefined>
const EDITS = [
  `action = action || 'x'`,
  `body = body || '{"after":{"n":999}}'`,
  `at = at + interval '1 second'`,
  `actor_id = gen_random_uuid()`,
  `ip = '10.0.0.1'`,
  `entity_id = gen_random_uuid()`,
  `request_id = 'other'`,
]
const tamperings: Readonly<Record<string, Tampering>> = {
  'edits an entry': async (random) => {
    const id = random.oneOf(ids)
    await run(`update ar.audit_log set ${random.oneOf(EDITS)} where tenant_id = $1 and id = $2`, id)
    return id
  },
  'edits an entry and its hash': async (random) => {
    const id = random.oneOf(ids)
    await run(`update ar.audit_log set ${random.oneOf(EDITS)} where tenant_id = $1 and id = $2`, id)
    await rehash(id, ['audit_log'])
    return id
  },
  'edits an entry, its hash and its seal': async (random) => {
    const id = random.oneOf(ids)
    await run(`update ar.audit_log set ${random.oneOf(EDITS)} where tenant_id = $1 and id = $2`, id)
    await rehash(id, ['audit_log', 'audit_seals'])
    return undefined
  },
  'deletes an entry': async (random) => {
    await run('delete from ar.audit_log where tenant_id = $1 and id = $2', random.oneOf(ids))
    return undefined
  },
  'deletes an entry and its seal': async (random) => {
    const at = random.whole(0, ENTRIES - 2)
    for (const table of ['audit_seals', 'audit_log']) await run(`delete from ar.${table} where tenant_id = $1 and id = $2`, ids[at])
    return ids[at + 1]
  },
  'deletes a seal': async (random) => {
    await run('delete from ar.audit_seals where tenant_id = $1 and id = $2', random.oneOf(ids))
    return undefined
  },
  'inserts an entry': async (random) => {
    const id = random.oneOf(ids)
    await run('insert into ar.audit_log select (jsonb_populate_record(l, jsonb_build_object(\'id\', gen_random_uuid()))).* from ar.audit_log l where l.tenant_id = $1 and l.id = $2', id) // biome-ignore format: one statement
    return undefined
  },
  'appends an entry with its hash and a seal': async (random) => {
    const made = crypto.randomUUID()
    await run(`insert into ar.audit_log select (jsonb_populate_record(l, jsonb_build_object('id', $3::text))).* from ar.audit_log l where l.tenant_id = $1 and l.id = $2`, random.oneOf(ids), made) // biome-ignore format: one statement
    await run('insert into ar.audit_seals (tenant_id, seq, id, leaf) select l.tenant_id, $3, l.id, l.leaf from ar.audit_log l where l.tenant_id = $1 and l.id = $2', made, ENTRIES) // biome-ignore format: one statement
    await rehash(made, ['audit_log', 'audit_seals'])
    return undefined
  },
  'cuts the tail': async (random) => {
    const tail = ids.slice(random.whole(1, ENTRIES - 1))
    for (const table of ['audit_seals', 'audit_log']) await run(`delete from ar.${table} where tenant_id = $1 and id = any($2)`, tail)
    return undefined
  },
  'swaps the places of two entries': async (random) => {
    const [a, b] = two(random)
    await run('update ar.audit_seals set seq = seq + 1000000 where tenant_id = $1 and id in ($2, $3)', ids[a], ids[b])
    await run('update ar.audit_seals set seq = case when id = $2 then $5::bigint else $4::bigint end where tenant_id = $1 and id in ($2, $3)', ids[a], ids[b], a, b) // biome-ignore format: one statement
    return undefined
  },
  'swaps what two entries say': async (random) => {
    const [a, b] = two(random)
    await run('update ar.audit_log l set body = o.body from ar.audit_log o where l.tenant_id = $1 and o.tenant_id = $1 and l.id in ($2, $3) and o.id in ($2, $3) and l.id <> o.id', ids[a], ids[b]) // biome-ignore format: one statement
    return ids[Math.min(a, b)]
  },
  'edits a root': async (random) => {
    const sizes = (await client.query('select r.size from ar.audit_roots r where r.tenant_id = $1', [t()])).rows.map((row) => row.size)
    await run(`update ar.audit_roots set root = sha256(root) where tenant_id = $1 and size = $2`, random.oneOf(sizes))
    return undefined
  },
}

function two(random: Random): [number, number] {
  const a = random.whole(0, ENTRIES - 1)
  return [a, (a + random.whole(1, ENTRIES - 1)) % ENTRIES]
}

test(`S24, T69: ${MUTATIONS} times a superuser tampers with the audit log in ${Object.keys(tamperings).length} ways: every time it is found, and the first bad entry named (seed ${SEED})`, async () => {
  const random = randomOf(SEED)
  const missed: string[] = []
  const counts: Record<string, number> = {}
  expect(await faults()).toEqual([])
  for (let turn = 0; turn < MUTATIONS; turn += 1) {
    const way = random.oneOf(Object.keys(tamperings))
    await client.query(`begin; set local session_replication_role = replica`)
    try {
      const named = await tamperings[way]!(random)
      const [first] = await faults()
      if (first === undefined) missed.push(`${turn} ${way}: not found`)
      else if (named !== undefined && first['id'] !== named) missed.push(`${turn} ${way}: named ${first['id']} instead of ${named}`)
      counts[way] = (counts[way] ?? 0) + 1
    } finally {
      await client.query('rollback')
    }
  }
  noteProof({
    proof: 'tampering with the audit log',
    ids: ['S24', 'T69'],
    seed: SEED,
    mutations: MUTATIONS,
    found: MUTATIONS - missed.length,
    ways: counts,
  })
  expect(missed).toEqual([])
  expect(await faults()).toEqual([])
}, 300_000)

test('S24, T69: a tail cut with its roots and nodes is consistent in itself, and found by a root that was kept elsewhere', async () => {
  const { rows } = await client.query<{ size: bigint }>('select r.size from ar.audit_roots r where r.tenant_id = $1 order by r.size desc', [
    t(),
  ])
  const [kept, earlier] = rows.map(({ size }) => Number(size)) as [number, number]
  await client.query(`begin; set local session_replication_role = replica`)
  try {
    const reader = ownerReader(client, company.system, app.db.now())
    expect(await auditConsistency(reader, earlier, kept)).toMatchObject({ holds: true })
    const tail = ids.slice(earlier)
    for (const table of ['audit_seals', 'audit_log']) await run(`delete from ar.${table} where tenant_id = $1 and id = any($2)`, tail)
    await run('delete from ar.audit_roots where tenant_id = $1 and size > $2', earlier)
    await run('delete from ar.audit_nodes where tenant_id = $1 and (place + 1) * (1::bigint << level) > $2', earlier)
    expect(await faults()).toEqual([])
    await expect(auditConsistency(reader, earlier, kept)).rejects.toMatchObject({ kind: 'missing' })
  } finally {
    await client.query('rollback')
  }
})
