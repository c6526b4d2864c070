import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../test/vectors/merkle.json' with { type: 'json' }
import {
  append,
  consistencySpans,
  EMPTY_ROOT,
  type Frontier,
  inclusionSpans,
  leafHash,
  rootOf,
  type Span,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

type Inclusion = {
  name: string
  leafIdx: number
  treeSize: number
  root: string | null
  leafHash: string | null
  proof: string[] | null
  wantErr: boolean
}
type Consistency = {
  name: string
  size1: number
  size2: number
  root1: string | null
  root2: string | null
  proof: string[] | null
  wantErr: boolean
}
const bytes = (text: string | null): Buffer => Buffer.from(text ?? '', 'base64')
const size = (value: number): bigint => BigInt(Math.trunc(value))

describe('vectors of transparency-dev/merkle', () => {
  test.each(vectors.inclusion as Inclusion[])('inclusion $name', ({ leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
    expect(verifyInclusion(size(leafIdx), size(treeSize), bytes(leaf), (proof ?? []).map(bytes), bytes(root))).toBe(!wantErr)
  })
  test.each(vectors.consistency as Consistency[])('consistency $name', ({ size1, size2, root1, root2, proof, wantErr }) => {
    expect(verifyConsistency(size(size1), size(size2), bytes(root1), bytes(root2), (proof ?? []).map(bytes))).toBe(!wantErr)
  })
})

test('RFC 6962 2.1: the hash of an empty tree is the hash of nothing', () => {
  expect(Buffer.from(treeHash([])).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(EMPTY_ROOT).toEqual(treeHash([]))
})

test('every leaf of every tree proves itself, every prefix is consistent, and no neighbour passes for it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (count, a, b) => {
      const leaves = Array.from({ length: count }, (_, index) => leafHash(`entry ${index}`))
      const root = treeHash(leaves)
      const hashOf = ([from, until]: Span) => treeHash(leaves.slice(from, until))
      const frontier = leaves.reduce<Frontier>(append, { size: 0n, nodes: [] })
      const index = a % count
      const first = (b % count) + 1
      const proof = inclusionSpans(count, index).map(hashOf)
      const proven = verifyInclusion(BigInt(index), BigInt(count), leaves[index]!, proof, root)
      const forged = count > 1 && verifyInclusion(BigInt(index), BigInt(count), leaves[(index + 1) % count]!, proof, root)
      const consistent = verifyConsistency(
        BigInt(first),
        BigInt(count),
        treeHash(leaves.slice(0, first)),
        root,
        consistencySpans(count, first).map(hashOf),
      )
      return Buffer.compare(rootOf(frontier), root) === 0 && proven && !forged && consistent
    }),
  )
})
