import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { LadderContent } from './ladder.ts'

export type NewLadder = { readonly id: string; readonly name: string; readonly isStandard: boolean; readonly draft: LadderContent | null }

export function insertLadder(tx: Tx, ladder: NewLadder): void {
  const draft =
    ladder.draft === null
      ? { draftStatus: null, draftBy: null, draftAt: null }
      : { draftStatus: 'editing', draftBy: tx.caller.actorId, draftAt: tx.at }
  tx.insert('dunning_ladders', [{ ...ladder, ...draft, createdBy: tx.caller.actorId }])
}

export type Draft = { readonly content: LadderContent; readonly status: 'editing' | 'waiting'; readonly validFrom: Day | null; readonly requestId: string | null } // biome-ignore format: one line

/** null: there is no draft any more. */
export function setDraft(tx: Tx, ladder: { readonly id: string; readonly version: number }, draft: Draft | null): void {
  const { id, version } = ladder
  const row =
    draft === null
      ? { draft: null, draftStatus: null, draftValidFrom: null, draftBy: null, draftAt: null, requestId: null }
      : {
          draft: draft.content,
          draftStatus: draft.status,
          draftValidFrom: draft.validFrom,
          draftBy: tx.caller.actorId,
          draftAt: tx.at,
          requestId: draft.requestId,
        }
  tx.update('dunning_ladders', [{ id, version, ...row }], {
    set: ['draft', 'draftStatus', 'draftValidFrom', 'draftBy', 'draftAt', 'requestId'],
    expect: ['version'],
  })
}

export type NewVersion = {
  readonly id: string
  readonly ladderId: string
  readonly no: number
  readonly content: LadderContent
  readonly validFrom: Day
  readonly draftedBy: string | null
  readonly publishedBy: string | null
  readonly publishedHow: 'founded' | 'person' | 'alone'
  readonly requestId: string | null
}
export function insertVersion(tx: Tx, version: NewVersion): void {
  tx.insert('dunning_ladder_versions', [{ ...version, publishedAt: tx.at }])
}

type Head = { readonly id: string; readonly version: number; readonly name: string; readonly status: string; readonly classes: readonly string[] } // biome-ignore format: one line
export function setHead(tx: Tx, head: Head): void {
  tx.update('dunning_ladders', [head], { set: ['name', 'status', 'classes'], expect: ['version'] })
}

export function assignCustomers(tx: Tx, ladderId: string, { add, remove }: { add: readonly string[]; remove: readonly string[] }): void {
  tx.delete(
    'dunning_ladder_customers',
    remove.map((customerId) => ({ customerId })),
    ['customerId'],
  )
  tx.insert(
    'dunning_ladder_customers',
    add.map((customerId) => ({ customerId, ladderId, assignedBy: tx.caller.actorId, assignedAt: tx.at })),
  )
}
