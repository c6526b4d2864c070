import { assert } from '../kernel/assert.ts'
import type { Reader } from './db.ts'
import { type Node, rootOf, type Span, treeHash } from './merkle.ts'
import { sql } from './sql.ts'

/** Every eighth level of the tree is stored (level 0 are the leaves): a node between two stored levels is worked out from 128 at most. */
const STEP = 8

/** Whether a node of this level has a row in ar.audit_nodes. */
export function isKept({ level }: Node): boolean {
  return level % STEP === 0
}

/** Hashes of subtrees of the caller's sealed log, in the order asked for. Reads by index, some hundreds of rows whatever the size of the log. */
export async function spanHashes(reader: Reader, spans: readonly Span[]): Promise<Uint8Array[]> {
  const wanted = spans.map((span) => perfectParts(span).map(storedBelow))
  const stored = await readStored(reader, wanted.flat())
  return wanted.map((parts) => rootOf({ size: 0n, nodes: parts.map((part) => treeHash(nodesOf(stored, part))) }))
}

type Part = { readonly level: number; readonly place: number }
/** A run of nodes of a stored level that make one perfect subtree. */
type Run = { readonly level: number; readonly from: number; readonly until: number }

/** The perfect subtrees of a span, largest first: its length in binary. */
function perfectParts([from, until]: Span): Part[] {
  const parts: Part[] = []
  for (let at = from; at < until; ) {
    const level = Math.floor(Math.log2(until - at))
    assert(at % 2 ** level === 0, 'a span of a proof begins where a subtree of its size begins')
    parts.push({ level, place: at / 2 ** level })
    at += 2 ** level
  }
  return parts
}

function storedBelow({ level, place }: Part): Run {
  const count = 2 ** (level % STEP)
  return { level: level - (level % STEP), from: place * count, until: (place + 1) * count }
}

async function readStored(reader: Reader, runs: readonly Run[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const { tenantId } = reader.caller
  const of = (pick: (run: Run) => number) => runs.map(pick)
  const rows = await reader.all<{ level: number; place: bigint; hash: Buffer }>(sql`
    with wanted as (select w.* from unnest(${of((run) => run.level)}::int[], ${of((run) => run.from)}::bigint[], ${of((run) => run.until)}::bigint[]) w(level, first, until))
    select 0 as level, s.seq as place, s.leaf as hash from wanted w
      join ar.audit_seals s on s.tenant_id = ${tenantId} and s.seq >= w.first and s.seq < w.until where w.level = 0
    union all select n.level::int, n.place, n.hash from wanted w
      join ar.audit_nodes n on n.tenant_id = ${tenantId} and n.level = w.level and n.place >= w.first and n.place < w.until where w.level > 0`)
  return new Map(rows.map(({ level, place, hash }) => [`${level}/${place}`, hash]))
}

function nodesOf(stored: ReadonlyMap<string, Uint8Array>, { level, from, until }: Run): Uint8Array[] {
  return Array.from({ length: until - from }, (_, at) => {
    const hash = stored.get(`${level}/${from + at}`)
    assert(hash !== undefined, 'every complete subtree of the sealed log has its node')
    return hash
  })
}
