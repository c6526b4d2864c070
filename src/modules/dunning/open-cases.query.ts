import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { CaseBefore, OpenCase } from './due-customer.ts'
import { passingReasons } from './passing-reasons.ts'

/** A block counts up to and including its last day. */
export function isRunning(onDay: Day): Sql {
  return sql`b.lifted_at is null and (b.until_on is null or b.until_on >= ${onDay}::date)`
}

/** A receivable that is not chased on the day: disputed, or its dunning is paused. */
export function isExcluded(receivable: string, t: number, onDay: Day): Sql {
  return sql`(${sql.ref(`${receivable}.disputed`)} or ${sql.ref(`${receivable}.id`)} in (select b.receivable_id from ar.dunning_blocks b
    where b.tenant_id = ${t} and b.receivable_id is not null and ${isRunning(onDay)}))`
}

/** Something that the case `k` has named is still open, and still its customer's. */
export function isNamedOpen(t: number, more: Sql = sql`true`): Sql {
  return sql`exists (select 1 from ar.dunning_step_items i join ar.receivables o on o.tenant_id = ${t} and o.id = i.receivable_id and o.open <> 0 and o.customer_id = k.customer_id
    where i.tenant_id = ${t} and i.case_id = k.id and ${more})`
}

/**
 * The case `k` goes on while something that it named may be chased. While all that is left of it is disputed or paused it waits, but not when there is something else to chase, due up to
 * `horizon`: that is no part of it, and begins a case of its own.
 */
export function goesOn(t: number, onDay: Day, horizon: Day): Sql {
  return sql`(${isNamedOpen(t, sql`not ${isExcluded('o', t, onDay)}`)} or (${isNamedOpen(t)} and not exists (select 1 from ar.receivables n
    where n.tenant_id = ${t} and n.customer_id = k.customer_id and n.open <> 0 and n.due_on <= ${horizon}::date and not ${isExcluded('n', t, onDay)})))`
}

/** The message `m` was withheld at its last look for a reason that passes. */
export function isWithheldForNow(): Sql {
  return sql`m.status = 'withheld' and m.reason = any(${[...passingReasons]}::text[])`
}

/** `w`: how many turns of the level of the case `k` had their message withheld for now, and whether that of the last turn was. */
export function withheldTurns(t: number): Sql {
  return sql`left join lateral (select count(*)::int as turns, coalesce(bool_or(s.turn = k.turn), false) as is_last
    from ar.dunning_steps s join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id and ${isWithheldForNow()}
    where s.tenant_id = ${t} and s.case_id = k.id and s.level = k.level and s.action = 'email') w on true`
}

/** By receivable: how far the case had come that ended while it was disputed or paused. A level whose message was withheld is none. Planned at every call: the same text asks about all. */
export async function levelsHadBefore(reader: Reader, customerIds: readonly string[] | undefined): Promise<Map<string, CaseBefore>> {
  const t = reader.caller.tenantId
  const ofThem = customerIds === undefined ? sql`true` : sql`r.customer_id = any(${customerIds}::uuid[])`
  const rows = await reader.report<
    CaseBefore & { receivableId: string }
  >(sql`select distinct on (i.receivable_id) i.receivable_id, i.level, i.turn, s.on_day as "on", k.high_risk, k.collector_id
    from ar.dunning_cases k join ar.dunning_step_items i on i.tenant_id = ${t} and i.case_id = k.id
    join ar.receivables r on r.tenant_id = ${t} and r.id = i.receivable_id and r.open <> 0 and ${ofThem}
    cross join lateral (select max(s.on_day) as on_day, bool_or(${isWithheldForNow()}) as is_withheld from ar.dunning_steps s left join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id
      where s.tenant_id = ${t} and s.case_id = i.case_id and s.level = i.level and s.turn = i.turn) s
    where k.tenant_id = ${t} and k.closed_how = 'excluded' and s.is_withheld is not true order by i.receivable_id, i.level desc, i.turn desc, s.on_day desc`)
  return new Map(rows.map(({ receivableId, ...before }) => [receivableId, before]))
}

/** What customersWithDue reads of a customer's open case; all null without one. */
export type CaseRow = {
  readonly customerId: string
  readonly caseId: string | null
  readonly caseVersion: number | null
  readonly level: number | null
  readonly turn: number | null
  readonly lastStepOn: Day | null
  readonly withheld: number
  readonly isWithheld: boolean
  readonly cutOn: Day | null
  readonly highRisk: boolean | null
  readonly collectorId: string | null
}

/** By customer: its open case. One that has come further than its ladder has `levels` goes on at the highest that remains, after as many turns of it as it has had. */
export async function openCasesOf(
  reader: Reader,
  rows: readonly (CaseRow & { readonly levels: number | undefined })[],
): Promise<Map<string, OpenCase>> {
  const beyond = rows.flatMap(({ caseId, level, levels }) =>
    caseId !== null && levels !== undefined && level! > levels ? [{ caseId, level: levels }] : [],
  )
  const turns = beyond.length === 0 ? new Map<string, TurnsHad>() : await turnsHad(reader, beyond)
  return new Map(
    rows.flatMap((row): [string, OpenCase][] => {
      if (row.caseId === null) return []
      const { caseId: id, caseVersion: version, lastStepOn, cutOn, highRisk, collectorId, withheld, isWithheld } = row
      const reached = { level: row.level!, turn: row.turn! }
      const open = { id, version: version!, lastStepOn, cutOn, highRisk: highRisk!, collectorId }
      const had = turns.get(id)
      return [
        [
          row.customerId,
          had === undefined ? { ...open, ...reached, withheld, isWithheld, beyond: null } : { ...open, ...had, beyond: reached },
        ],
      ]
    }),
  )
}

export type TurnsHad = Pick<OpenCase, 'level' | 'turn' | 'withheld' | 'isWithheld'>
/** By case: how often it has taken a level; at least once, whoever took it (a case that came to another ladder by a merge). */
export async function turnsHad(
  reader: Reader,
  wanted: readonly { readonly caseId: string; readonly level: number }[],
): Promise<Map<string, TurnsHad>> {
  const t = reader.caller.tenantId
  const rows = await reader.report<
    TurnsHad & { caseId: string }
  >(sql`select x.case_id, x.level, coalesce(l.turn, 1)::int as turn, coalesce(l.withheld, 0)::int as withheld,
      coalesce(l.last_withheld = l.turn, false) as is_withheld
    from unnest(${wanted.map(({ caseId }) => caseId)}::uuid[], ${wanted.map(({ level }) => level)}::int[]) x(case_id, level)
    left join lateral (select max(s.turn) as turn, count(*) filter (where ${isWithheldForNow()}) as withheld, max(s.turn) filter (where ${isWithheldForNow()}) as last_withheld
      from ar.dunning_steps s left join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id where s.tenant_id = ${t} and s.case_id = x.case_id and s.level = x.level) l on true`)
  return new Map(rows.map(({ caseId, ...had }) => [caseId, had]))
}
