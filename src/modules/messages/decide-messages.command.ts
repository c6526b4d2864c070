import { phrase } from '../../kernel/phrase.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertAttempts, type Settled, settle } from './message.store.ts'
import type { MessageStatus } from './message.ts'
import { decisionsFor, type MessageDecision } from './message-decision.ts'
import { SEND_TASK, sendKey } from './send-task.ts'

type Row = {
  id: string
  status: MessageStatus
  reason: string | null
  answer: string | null
  attempts: number
  tries: number
  version: number
}
const actions = { arrived: 'messages.saidToHaveArrived', send: 'messages.released', doNotSend: 'messages.withheld' } as const

/**
 * What a person decides about messages that the program does not decide about: uncertain and failed ones, and those kept in test mode. Sending again is never done but here.
 * Throws messages.sendingIsOff, messages.notPossible (with the message's status), platform.staleVersion.
 */
export async function decideMessages(
  tx: Tx,
  wanted: readonly { readonly id: string; readonly version: number }[],
  decision: MessageDecision,
  note: string,
): Promise<void> {
  const rows = await lockMessages(
    tx,
    wanted.map(({ id }) => id),
  )
  if (decision === 'send') await requireSending(tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const { id, version } of wanted) {
    const row = byId.get(id)
    if (row === undefined) throw missing('message')
    if (row.version !== version) throw new Problem('platform.staleVersion', { version: row.version }, { kind: 'conflict' })
    if (!decisionsFor(row.status).includes(decision))
      throw new Problem('messages.notPossible', { status: [phrase(`messages.statuses.${row.status}`)] }, { kind: 'conflict' })
  }
  settle(
    tx,
    rows.map((row) => decided(tx, row, decision)),
  )
  if (decision === 'arrived') sayArrived(tx, rows, note)
  for (const { id, status } of rows)
    tx.audit({
      action: actions[decision],
      entity: 'message',
      entityId: id,
      before: { status },
      after: { status: decided(tx, byId.get(id)!, decision).status },
      detail: { note },
    })
  if (decision === 'send') tx.job(SEND_TASK, {}, sendKey(tx.caller.tenantId))
}

function decided(tx: Tx, { id, attempts, answer, tries }: Row, decision: MessageDecision): Settled {
  const base = { id, refusedRecipients: 0, answer, nextAt: tx.at, sentAt: null, attempts, tries }
  if (decision === 'arrived') return { ...base, status: 'sent', reason: null, attempts: attempts + 1, sentAt: tx.at }
  return decision === 'send' ? { ...base, status: 'queued', reason: null, tries: 0 } : { ...base, status: 'withheld', reason: 'byPerson' }
}

function sayArrived(tx: Tx, rows: readonly Row[], note: string): void {
  const said = { begunAt: tx.at, endedAt: tx.at, outcome: 'saidToHaveArrived' as const, code: null, answer: note, recipients: [] }
  insertAttempts(
    tx,
    rows.map(({ id, attempts }) => ({ messageId: id, no: attempts + 1, byPerson: tx.caller.actorId, ...said })),
  )
}

async function requireSending(tx: Tx): Promise<void> {
  const on = await tx.maybe(
    sql`select 1 as one from ar.tenants t where t.tenant_id = ${tx.caller.tenantId} and t.sending_enabled for share`,
  )
  if (on === undefined) throw new Problem('messages.sendingIsOff')
}

function lockMessages(tx: Tx, ids: readonly string[]): Promise<Row[]> {
  return tx.all<Row>(sql`select m.id, m.status, m.reason, m.answer, m.attempts, m.tries, m.version from ar.messages m
    where m.tenant_id = ${tx.caller.tenantId} and m.id = any(${ids}::uuid[]) order by m.id for no key update`)
}
