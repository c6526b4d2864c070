import { drop, unchecked, unlinked } from './verify-breaks.ts'

/** A sentence that says several things is broken in each of them. `fault`: a value of the rows found, where these say which part it was. */
export type PartBreak = { readonly id: string; readonly part: string; readonly statements: readonly string[]; readonly fault?: string }

const unkeyed = (table: string): string => drop(table, `k.contype in ('p', 'u')`)
const ANY_MESSAGE = `(select m.id from ar.messages m where m.tenant_id = :t order by m.id limit 1)`
const attempt = (no: number, outcome: string): string =>
  `insert into ar.message_attempts (tenant_id, id, message_id, no, begun_at, ended_at, outcome, answer) values (:t, gen_random_uuid(), ${ANY_MESSAGE}, ${no}, now(), now(), '${outcome}', '')`
const forgetAttempts = `delete from ar.message_attempts a where a.tenant_id = :t and a.message_id = ${ANY_MESSAGE}`
const mark = (values: string): string => `update ar.messages m set ${values} where m.tenant_id = :t and m.id = ${ANY_MESSAGE}`

export const partBreaks: readonly PartBreak[] = [
  {
    id: 'I-36',
    part: 'a step on a later day than the case knows',
    statements: [`update ar.dunning_cases k set last_step_on = k.last_step_on - 1 where k.tenant_id = :t`],
    fault: 'case',
  },
  {
    id: 'I-36',
    part: 'a case of a ladder that is not there',
    statements: [unlinked('dunning_cases'), `update ar.dunning_cases k set ladder_id = gen_random_uuid() where k.tenant_id = :t`],
    fault: 'open',
  },
  {
    id: 'I-36',
    part: 'a case of a customer who is not there',
    statements: [unlinked('dunning_cases'), `update ar.dunning_cases k set customer_id = gen_random_uuid() where k.tenant_id = :t`],
    fault: 'open',
  },
  {
    id: 'I-36',
    part: 'an open case of a customer who was merged into another',
    statements: [
      unchecked('customers'),
      unchecked('dunning_cases'),
      drop('dunning_cases', `k.contype = 'u'`),
      'drop index ar.dunning_one_open_case',
      `update ar.dunning_cases k set closed_on = null where k.tenant_id = :t`,
      `update ar.customers c set status = 'merged' where c.tenant_id = :t and c.id in (select k.customer_id from ar.dunning_cases k where k.tenant_id = :t)`,
    ],
    fault: 'open',
  },
  {
    id: 'I-37',
    part: 'two messages of one key',
    statements: [unkeyed('messages'), `update ar.messages m set business_key = 'one' where m.tenant_id = :t`],
    fault: 'key',
  },
  {
    id: 'I-37',
    part: 'an attempt that was accepted, of a message that was not sent',
    statements: [
      unchecked('messages'),
      forgetAttempts,
      mark(`status = 'failed', attempts = 1, sender_id = null, sent_at = null`),
      attempt(1, 'accepted'),
    ],
    fault: 'failed',
  },
  {
    id: 'I-37',
    part: 'other attempts than are on record',
    statements: [unchecked('messages'), forgetAttempts, mark(`status = 'failed', attempts = 3, sender_id = null, sent_at = null`)],
    fault: 'attempts',
  },
  {
    id: 'I-37',
    part: 'an attempt after one that was accepted',
    statements: [
      unchecked('messages'),
      forgetAttempts,
      mark(`status = 'sent', attempts = 2, sender_id = null, sent_at = now()`),
      attempt(1, 'accepted'),
      attempt(2, 'uncertain'),
    ],
    fault: 'after',
  },
  {
    id: 'I-37',
    part: 'a message without its words',
    statements: [`delete from ar.message_contents c where c.tenant_id = :t and c.message_id = ${ANY_MESSAGE}`],
    fault: 'words',
  },
  {
    id: 'I-37',
    part: 'words that cannot be made any more',
    statements: [
      unchecked('message_contents'),
      unlinked('message_contents'),
      `update ar.message_contents c set html = null, frame_id = gen_random_uuid() where c.tenant_id = :t and c.message_id = ${ANY_MESSAGE}`,
    ],
    fault: 'words',
  },
  {
    id: 'I-37-dunning',
    part: 'what was not possible has a message',
    statements: [
      unchecked('dunning_steps'),
      `update ar.dunning_steps s set not_possible = 'noAddress' where s.tenant_id = :t and s.action = 'email' and s.message_id is not null`,
    ],
    fault: 'noAddress',
  },
  {
    id: 'I-38',
    part: 'debts of somebody else in a reminder',
    statements: [
      `insert into ar.dunning_mailed_items (tenant_id, message_id, receivable_id, checked_at, open, receivable_version)
        select r.tenant_id, m.id, r.id, now(), 1, r.version from ar.messages m join ar.receivables r on r.tenant_id = m.tenant_id and r.customer_id <> m.customer_id where m.tenant_id = :t and m.kind = 'dunning' limit 1`,
    ],
  },
  {
    id: 'I-38',
    part: 'a step of a ladder that is not there',
    statements: [`update ar.dunning_steps s set ladder_version_id = gen_random_uuid() where s.tenant_id = :t`],
  },
  {
    id: 'I-38',
    part: 'a step of a case that is not there',
    statements: [
      `update ar.dunning_step_items i set case_id = c.id from (select gen_random_uuid() as id) c where i.tenant_id = :t and i.case_id = (select min(s.case_id::text)::uuid from ar.dunning_steps s where s.tenant_id = :t)`,
      `update ar.dunning_steps s set case_id = i.case_id from ar.dunning_step_items i where s.tenant_id = :t and i.tenant_id = :t and s.level = i.level and s.turn = i.turn
        and not exists (select from ar.dunning_cases k where k.tenant_id = :t and k.id = i.case_id) and s.case_id = (select min(x.case_id::text)::uuid from ar.dunning_steps x where x.tenant_id = :t)`,
    ],
  },
  { id: 'I-38', part: 'a step that names nothing', statements: [`delete from ar.dunning_step_items i where i.tenant_id = :t`] },
]
