import { createHash } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import { type Day, laterDay } from '../../kernel/day.ts'
import { phrase } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import type { ApprovalsDecided } from '../approvals/approval-events.ts'
import { requestApprovals } from '../approvals/request-approvals.command.ts'
import { refuseStale } from './edit-ladders.command.ts'
import { insertVersion, setDraft } from './ladder.store.ts'
import { contentOf, type StoredContent } from './ladder.ts'
import { ladderVersions, lockLadder, type StoredLadder } from './ladders.query.ts'

/**
 * Publishes the draft of a ladder from a day on. Where four eyes are wanted somebody else decides (approvals, kind dunningLadder); else it is published at once. What was live stays as
 * it is, for the cases that it moved. Throws dunning.noDraft, dunning.alreadyWaiting (conflict), dunning.validInPast, platform.staleVersion.
 */
export async function publishDraft(
  tx: Tx,
  id: string,
  { version, validFrom = tx.today }: { readonly version: number; readonly validFrom?: Day | undefined },
): Promise<{ waiting: boolean }> {
  const ladder = await lockLadder(tx, id)
  refuseStale(ladder, version)
  if (ladder.draft === null) throw new Problem('dunning.noDraft', {}, { kind: 'conflict' })
  if (ladder.draftStatus === 'waiting') throw new Problem('dunning.alreadyWaiting', {}, { kind: 'conflict' })
  if (validFrom < tx.today) throw new Problem('dunning.validInPast', {}, { path: 'validFrom' })
  if (!tx.caller.fourEyes) {
    const { actorId } = tx.caller
    await publish(tx, ladder, validFrom, { draftedBy: actorId, publishedBy: actorId, publishedHow: 'alone', requestId: null })
    return { waiting: false }
  }
  const answers = await requestApprovals(tx, [await wantedApproval(tx, ladder, ladder.draft, validFrom)])
  const answer = answers.get(id)!
  assert(answer.needed, 'a publication is always asked for')
  setDraft(tx, ladder, { content: contentOf(ladder.draft), status: 'waiting', validFrom, requestId: answer.requestId })
  tx.audit({ action: 'dunning.publicationAsked', entity: 'dunningLadder', entityId: id, after: { validFrom, requestId: answer.requestId } })
  return { waiting: true }
}

/** Handler of approvals.decided: the draft is published, or is a draft again. What was changed since cannot be approved. */
export async function decideLadders(tx: Tx, { requests }: ApprovalsDecided): Promise<void> {
  for (const request of requests.filter(({ kind }) => kind === 'dunningLadder')) {
    const ladder = await lockLadder(tx, request.entityId)
    const { draft, draftValidFrom } = ladder
    if (draft === null || ladder.draftStatus !== 'waiting' || ladder.requestId !== request.id) continue
    const isSame = draftValidFrom !== null && request.contentHash.equals(contentHash(ladder.id, draft, draftValidFrom))
    if (request.decision === 'approved' && isSame) {
      const { requestedBy: draftedBy, decidedBy: publishedBy, how: publishedHow, id: requestId } = request
      // a decision that came after the wished day counts from its own day: no past day gets another ladder
      await publish(tx, ladder, laterDay(draftValidFrom, tx.today), { draftedBy, publishedBy, publishedHow, requestId })
      continue
    }
    setDraft(tx, ladder, { content: contentOf(draft), status: 'editing', validFrom: null, requestId: null })
    tx.audit({
      action: 'dunning.publicationEnded',
      entity: 'dunningLadder',
      entityId: ladder.id,
      after: { decision: request.decision },
      detail: { requestId: request.id, reason: request.reason },
    })
  }
}

type By = {
  readonly draftedBy: string
  readonly publishedBy: string
  readonly publishedHow: 'person' | 'alone'
  readonly requestId: string | null
}

async function publish(tx: Tx, ladder: StoredLadder, validFrom: Day, by: By): Promise<void> {
  const [last] = await ladderVersions(tx, [ladder.id])
  const no = (last?.no ?? 0) + 1
  insertVersion(tx, { id: uuid(), ladderId: ladder.id, no, content: contentOf(ladder.draft!), validFrom, ...by })
  setDraft(tx, ladder, null)
  tx.audit({
    action: 'dunning.ladderPublished',
    entity: 'dunningLadder',
    entityId: ladder.id,
    after: { no, validFrom, content: ladder.draft },
    detail: { requestId: by.requestId },
  })
}

/** What the second person decides on is exactly this. */
function contentHash(id: string, draft: StoredContent, validFrom: Day): Buffer {
  return createHash('sha256').update(canonicalJson({ id, draft, validFrom })).digest()
}

async function wantedApproval(tx: Tx, ladder: StoredLadder, draft: StoredContent, validFrom: Day) {
  const [last] = await ladderVersions(tx, [ladder.id])
  const params = { name: ladder.name, from: validFrom, levels: draft.levels.length, no: (last?.no ?? 0) + 1 }
  return {
    kind: 'dunningLadder' as const,
    entityId: ladder.id,
    customerId: null,
    amountBase: 0n,
    contentHash: contentHash(ladder.id, draft, validFrom),
    facts: { amountBase: 0n },
    mustAsk: true,
    summary: {
      about: phrase('dunning.approval.about', params),
      facts: [phrase('dunning.approval.levels', params), phrase('dunning.approval.before', { count: last?.content.levels.length ?? 0 })],
      ifApproved: phrase('dunning.approval.ifApproved', params),
      ifRejected: phrase('dunning.approval.ifRejected', params),
      reasonNeeded: false,
    },
  }
}
