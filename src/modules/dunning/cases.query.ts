import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import type { CaseEnd } from './case-ends.ts'
import type { LadderContent } from './ladder.ts'
import { ladderVersions, versionsOn } from './ladders.query.ts'
import { nextLevelDay } from './level-to-take.ts'
import { isExcluded, isNamedOpen, isRunning, turnsHad, withheldTurns } from './open-cases.query.ts'
import { stepsWhere } from './steps.query.ts'

type CaseRow = {
  readonly id: string
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly ladderId: string
  readonly ladderName: string
  readonly openedOn: Day
  readonly closedOn: Day | null
  readonly closedHow: CaseEnd | null
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day | null
  readonly highRisk: boolean
  readonly collectorName: string | null
  readonly salespersonName: string | null
  readonly overdueBase: bigint
  readonly oldestDueOn: Day | null
  /** Of what may be chased. */
  readonly oldestChasedOn: Day | null
  readonly blocked: boolean
  readonly waits: boolean
  readonly withheld: number
  readonly isWithheld: boolean
  readonly cutOn: Day | null
  readonly version: number
}

export type CaseFilter = {
  readonly status: 'open' | 'closed'
  readonly level?: number | undefined
  readonly highRisk?: boolean | undefined
  readonly customerId?: string | undefined
  readonly collectorId?: string | undefined
  readonly salespersonId?: string | undefined
  readonly search?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const STEPS_MOST = 200
const ITEMS_MOST = 1_000

/** Dunning cases, newest first. */
export async function listCases(reader: Reader, filter: CaseFilter) {
  const where = conditions(reader, filter)
  const after = filter.cursor === undefined ? undefined : sql`k.id < ${readCursor(filter.cursor, 1)[0]}::uuid`
  const [rows, { total }, contents] = await Promise.all([
    caseRows(reader, and(where, after), filter.limit + 1),
    reader.one<{ total: number }>(
      sql`select count(*)::int as total from ar.dunning_cases k join ar.customers c on c.tenant_id = k.tenant_id and c.id = k.customer_id where ${where}`,
    ),
    liveContents(reader),
  ])
  const { items, nextCursor } = cutPage(rows, filter.limit, (row) => [row.id])
  const show = await shower(reader, contents, items)
  return { items: items.map(show), nextCursor, total, currency: reader.caller.baseCurrency }
}

/** One case with its steps and everything that they named. Throws platform.notFound. */
export async function readCase(reader: Reader, id: string) {
  const t = reader.caller.tenantId
  const [rows, contents] = await Promise.all([caseRows(reader, sql`k.tenant_id = ${t} and k.id = ${id}`, 1), liveContents(reader)])
  const row = rows[0]
  if (row === undefined) throw missing('dunningCase')
  const [steps, items, show] = await Promise.all([
    stepsWhere(reader, sql`s.case_id = ${id}`, STEPS_MOST),
    caseItems(reader, id),
    shower(reader, contents, rows),
  ])
  return { ...show(row), currency: reader.caller.baseCurrency, steps, items }
}

function conditions(reader: Reader, filter: CaseFilter): Sql {
  const { level, highRisk, customerId, collectorId, salespersonId, search } = filter
  return and(
    sql`k.tenant_id = ${reader.caller.tenantId}`,
    filter.status === 'open' ? sql`k.closed_on is null` : sql`k.closed_on is not null`,
    level === undefined ? undefined : sql`k.level = ${level}`,
    highRisk === undefined ? undefined : sql`k.high_risk = ${highRisk}`,
    customerId === undefined ? undefined : sql`k.customer_id = ${customerId}`,
    collectorId === undefined ? undefined : sql`k.collector_id = ${collectorId}`,
    salespersonId === undefined ? undefined : sql`c.salesperson_id = ${salespersonId}`,
    search === undefined || search.trim() === ''
      ? undefined
      : sql`(strpos(lower(c.name), lower(${search.trim()})) > 0 or strpos(lower(c.code), lower(${search.trim()})) > 0)`,
  )
}

/** What is overdue now is asked of the page's customers only. */
function caseRows(reader: Reader, where: Sql, limit: number): Promise<CaseRow[]> {
  const t = reader.caller.tenantId
  return reader.all(sql`select k.*, coalesce(o.overdue_base, 0)::bigint as overdue_base, o.oldest_due_on, o.oldest_chased_on,
      k.closed_on is null and ${isNamedOpen(t)} and not ${isNamedOpen(t, sql`not ${isExcluded('o', t, reader.today)}`)} as waits, w.turns as withheld, w.is_last as is_withheld,
      exists (select from ar.dunning_blocks b where b.tenant_id = ${t} and b.customer_id = k.customer_id and b.receivable_id is null and ${isRunning(reader.today)}) as blocked
    from (select k.id, k.customer_id, c.code as customer_code, c.name as customer_name, k.ladder_id, l.name as ladder_name, k.opened_on, k.closed_on, k.closed_how, k.level, k.turn, k.last_step_on, k.high_risk,
        p.name as collector_name, s.name as salesperson_name, k.cut_on, k.version
      from ar.dunning_cases k join ar.customers c on c.tenant_id = k.tenant_id and c.id = k.customer_id join ar.dunning_ladders l on l.tenant_id = k.tenant_id and l.id = k.ladder_id
      left join ar.people p on p.tenant_id = k.tenant_id and p.id = k.collector_id left join ar.people s on s.tenant_id = k.tenant_id and s.id = c.salesperson_id
      where ${where} order by k.id desc limit ${limit}) k
    ${withheldTurns(t)}
    left join lateral (select sum(r.open_base)::bigint as overdue_base, min(r.due_on) as oldest_due_on, min(r.due_on) filter (where not ${isExcluded('r', t, reader.today)}) as oldest_chased_on from ar.receivables r
      where r.tenant_id = ${t} and r.customer_id = k.customer_id and r.open <> 0 and r.due_on < ${reader.today}::date) o on true order by k.id desc`)
}

async function liveContents(reader: Reader): Promise<ReadonlyMap<string, LadderContent>> {
  const byLadder = Map.groupBy(await ladderVersions(reader), ({ ladderId }) => ladderId)
  return new Map(
    [...byLadder].flatMap(([id, versions]): [string, LadderContent][] => {
      const { live } = versionsOn(versions, reader.today)
      return live === undefined ? [] : [[id, live.content]]
    }),
  )
}

async function shower(reader: Reader, contents: ReadonlyMap<string, LadderContent>, rows: readonly CaseRow[]) {
  const calendar = (await companyCalendars(reader))('cn')
  const { today, caller } = reader
  const lengthOf = ({ ladderId }: CaseRow) => contents.get(ladderId)?.levels.length
  const beyond = rows.filter((row) => row.level > (lengthOf(row) ?? row.level)).map((row) => ({ caseId: row.id, level: lengthOf(row)! }))
  const turns = beyond.length === 0 ? new Map<string, never>() : await turnsHad(reader, beyond)
  return ({ overdueBase, oldestChasedOn, withheld, isWithheld, ...row }: CaseRow) => {
    const content = contents.get(row.ladderId)
    const isOver = row.closedOn !== null || oldestChasedOn === null || row.blocked || row.waits || content === undefined
    // what was taken today is followed by tomorrow at the earliest
    const from = row.lastStepOn !== null && row.lastStepOn >= today ? addDays(today, 1) : today
    const state = { ...row, withheld, isWithheld, ...turns.get(row.id) }
    const next = isOver ? undefined : nextLevelDay(content, state, oldestChasedOn, from, calendar)
    return {
      ...row,
      levels: content?.levels.length ?? 0,
      levelName: content?.levels.find(({ position }) => position === row.level)?.name ?? String(row.level),
      next: next === undefined ? null : { level: next.level.position, turn: next.turn, name: next.level.name, onDay: next.onDay },
      overdue: formatMinor(overdueBase, caller.baseCurrency),
      overdueDays: row.oldestDueOn === null ? 0 : Math.max(0, daysBetween(row.oldestDueOn, today)),
    }
  }
}

type ItemRow = {
  readonly receivableId: string
  readonly no: string
  readonly level: number
  readonly turn: number
  readonly currency: string
  readonly open: bigint
  readonly dueOn: Day
  readonly openNow: bigint
  readonly disputed: boolean
  readonly voided: boolean
  readonly blockedUntil: Day | null
  readonly blocked: boolean
}

async function caseItems(reader: Reader, caseId: string) {
  const t = reader.caller.tenantId
  const rows =
    await reader.all<ItemRow>(sql`select i.receivable_id, coalesce(n.series || '-' || ar.no_text(n.no), '') as no, i.level, i.turn, i.currency, i.open, i.due_on, r.open as open_now, r.disputed,
      r.voided_on is not null as voided, b.until_on as blocked_until, b.id is not null as blocked
    from ar.dunning_step_items i join ar.receivables r on r.tenant_id = ${t} and r.id = i.receivable_id
    left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = r.id
    left join lateral (select b.id, b.until_on from ar.dunning_blocks b where b.tenant_id = ${t} and b.receivable_id = r.id and ${isRunning(reader.today)} limit 1) b on true
    where i.tenant_id = ${t} and i.case_id = ${caseId} order by i.level, i.turn, i.due_on, i.receivable_id limit ${ITEMS_MOST}`)
  return rows.map((row) => ({ ...row, open: formatMinor(row.open, row.currency), openNow: formatMinor(row.openNow, row.currency) }))
}
