import { createHash } from 'node:crypto'

/** RFC 6962 section 2.1: hash of an inner node. */
function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update('\x01').update(left).update(right).digest()
}
/** RFC 6962 section 2.1: hash of a leaf. */
export function leafHash(entry: Uint8Array | string): Buffer {
  return createHash('sha256').update('\0').update(entry).digest()
}
export const EMPTY_ROOT: Buffer = createHash('sha256').digest()

/** The roots of the perfect subtrees on the right edge, largest first: all that is needed to append. */
export type Frontier = { readonly size: bigint; readonly nodes: readonly Uint8Array[] }

export function append(frontier: Frontier, leaf: Uint8Array): Frontier {
  return grow(frontier, leaf, () => undefined)
}

/** A complete subtree of 2^level leaves, the `place`th of its size. */
export type Node = { readonly level: number; readonly place: bigint; readonly hash: Uint8Array }

/** The same, telling every inner node that this leaf completes. */
export function grow(frontier: Frontier, leaf: Uint8Array, completed: (node: Node) => void): Frontier {
  const nodes = [...frontier.nodes]
  let hash = leaf
  for (let place = frontier.size, level = 1; place & 1n; level += 1) {
    hash = nodeHash(nodes.pop()!, hash)
    place >>= 1n
    completed({ level, place, hash })
  }
  nodes.push(hash)
  return { size: frontier.size + 1n, nodes }
}

export function rootOf({ nodes }: Frontier): Uint8Array {
  return nodes.length === 0 ? EMPTY_ROOT : nodes.reduceRight((right, left) => nodeHash(left, right))
}

/** Merkle tree hash of all leaves, from nothing: for proofs and for verify. */
export function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  return rootOf(leaves.reduce<Frontier>(append, { size: 0n, nodes: [] }))
}

/** The leaves `from` to `until` (excluded) of a log: a subtree whose hash stands in a proof. */
export type Span = readonly [from: number, until: number]

/** RFC 6962 section 2.1.1: what the audit path of leaf `index` in the tree of the first `size` leaves is made of, from the leaf up. */
export function inclusionSpans(size: number, index: number, start = 0): Span[] {
  if (size <= 1) return []
  const split = largestPowerBelow(size)
  return index < split
    ? [...inclusionSpans(split, index, start), [start + split, start + size]]
    : [...inclusionSpans(size - split, index - split, start + split), [start, start + split]]
}

/** RFC 9162 section 2.1.3.2: is `leaf` the entry at `index` of the tree of `size` leaves with this root? */
export function verifyInclusion(index: bigint, size: bigint, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (index < 0n || index >= size || leaf.length !== 32 || proof.some((node) => node.length !== 32)) return false
  let fn = index
  let sn = size - 1n
  let node: Uint8Array = leaf
  for (const sibling of proof) {
    if (sn === 0n) return false
    if (fn & 1n || fn === sn) {
      node = nodeHash(sibling, node)
      if (!(fn & 1n)) while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else node = nodeHash(node, sibling)
    fn >>= 1n
    sn >>= 1n
  }
  return sn === 0n && equal(node, root)
}

/** RFC 6962 section 2.1.2: what the proof is made of that the tree of the first `first` leaves is a prefix of the tree of `size`. */
export function consistencySpans(size: number, first: number): Span[] {
  const subproof = (start: number, m: number, n: number, whole: boolean): Span[] => {
    if (m === n) return whole ? [] : [[start, start + n]]
    const split = largestPowerBelow(n)
    return m <= split
      ? [...subproof(start, m, split, whole), [start + split, start + n]]
      : [...subproof(start + split, m - split, n - split, false), [start, start + split]]
  }
  return first === 0 || first >= size ? [] : subproof(0, first, size, true)
}

/** RFC 9162 section 2.1.4.2: does `secondRoot` (of `second` leaves) contain the tree `firstRoot` (of `first` leaves) as its beginning? From the empty tree nothing is proven. */
export function verifyConsistency(
  first: bigint,
  second: bigint,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (first <= 0n || second < first || proof.some((node) => node.length !== 32)) return false
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot)
  if (proof.length === 0) return false
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : [...proof]
  let fn = first - 1n
  let sn = second - 1n
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n]
  let fr: Uint8Array = path[0]!
  let sr: Uint8Array = path[0]!
  for (const node of path.slice(1)) {
    if (sn === 0n) return false
    if (fn & 1n || fn === sn) {
      fr = nodeHash(node, fr)
      sr = nodeHash(node, sr)
      if (!(fn & 1n)) while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else sr = nodeHash(sr, node)
    fn >>= 1n
    sn >>= 1n
  }
  return sn === 0n && equal(fr, firstRoot) && equal(sr, secondRoot)
}

function isPowerOfTwo(n: bigint): boolean {
  return n > 0n && (n & (n - 1n)) === 0n
}
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
