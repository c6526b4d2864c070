import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { consistencySpans, inclusionSpans, verifyConsistency, verifyInclusion } from '../../platform/merkle.ts'
import { spanHashes } from '../../platform/merkle-nodes.ts'
import { rootOfSize, sealedEntry } from './audit.query.ts'

/** RFC 6962 section 2.1.1, worked out from the stored nodes; `holds` is what a verifier finds with nothing but this answer. */
export async function auditProof(reader: Reader, id: string) {
  const { index, size, leaf, root, sealedAt } = await sealedEntry(reader, id)
  const path = await spanHashes(reader, inclusionSpans(Number(size), Number(index)))
  const holds = verifyInclusion(index, size, bytes(leaf), path, bytes(root))
  return { id, index: String(index), size: String(size), leaf, root, path: path.map(hex), sealedAt: sealedAt.toISOString(), holds }
}

/** RFC 6962 section 2.1.2: the log of `second` entries begins with the log of `first`. */
export async function auditConsistency(reader: Reader, first: number, second: number): Promise<{ path: string[]; holds: boolean }> {
  if (first > second) throw new Problem('company.rootsReversed', {}, { kind: 'invalid', path: 'first' })
  const [before, after] = [await rootOfSize(reader, first), await rootOfSize(reader, second)]
  const path = await spanHashes(reader, consistencySpans(Number(after.size), first))
  return { path: path.map(hex), holds: verifyConsistency(before.size, after.size, bytes(before.root), bytes(after.root), path) }
}

function hex(node: Uint8Array): string {
  return Buffer.from(node).toString('hex')
}
function bytes(text: string): Buffer {
  return Buffer.from(text, 'hex')
}
