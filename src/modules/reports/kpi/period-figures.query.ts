import { addDays, type Day, laterDay } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { type Sql, snakeCase, sql } from '../../../platform/sql.ts'
import { dimensions } from '../../ageing/ageing-dimensions.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { type BalanceDay, balanceFacts } from './balance-facts.query.ts'
import { factRow, factSums, type KpiKey } from './fact-row.query.ts'
import { type KeptDay, keptFacts, keptMonths, splitByKept } from './kept-months.query.ts'
import { type KpiFigureName, type KpiFigures, type KpiPeriod, kpiFigures, kpiParts, NO_FIGURES } from './kpi-facts.ts'
import { type MovementPart, movementFacts } from './movement-facts.query.ts'

/** What is read for the figures. `opening` and `closing` are balances. */
export type KpiPart = MovementPart | 'opening' | 'closing'
type Asked = Pick<ReportQuestion, 'currency' | 'filters'>

/** The figures of each period, in the order of the periods; nothing where a period has nothing. One statement. */
export async function figuresOfPeriods(
  reader: Reader,
  question: Asked,
  periods: readonly { readonly from: Day; readonly to: Day }[],
  parts: readonly KpiPart[],
): Promise<KpiFigures[]> {
  if (periods.length === 0) return []
  const placed = periods.map((period, place) => ({ place, ...period }))
  const rows = await reader.report<{ place: number } & Record<KpiFigureName, bigint | string>>(
    sql`select f.place, ${factSums(figuresIn(parts))} from (${await factsOf(reader, question, [], placed, parts)}) f group by f.place`,
  )
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return placed.map(({ place }) => asFigures(byPlace.get(place)))
}

/** The same, asked of the database once a reader: rows, totals and formulas of one answer are made of the same figures. A reader has one snapshot, so they cannot have changed. */
export function figuresOnce(
  reader: Reader,
  { currency, filters }: Asked,
  periods: readonly { readonly from: Day; readonly to: Day }[],
  parts: readonly KpiPart[],
): Promise<KpiFigures[]> {
  const known = asked.get(reader) ?? new Map<string, Promise<KpiFigures[]>>()
  asked.set(reader, known)
  const key = JSON.stringify([currency ?? null, filters, periods.map(({ from, to }) => [from, to]), parts])
  const found = known.get(key) ?? figuresOfPeriods(reader, { currency, filters }, periods, parts)
  known.set(key, found)
  return found
}
const asked = new WeakMap<Reader, Map<string, Promise<KpiFigures[]>>>()

/** By what figures can be cut: what entries carry, and what is looked up from it. */
export type KpiDimension = 'customer' | 'group' | 'salesperson' | 'team' | 'region' | 'industry' | 'class'

/** A statement of one row a value of the dimension: `k` and every figure of the period (in snake case), rows of nothing left out. */
export async function figuresBy(
  reader: Reader,
  question: ReportQuestion,
  by: KpiDimension,
  period: { readonly from: Day; readonly to: Day },
  parts: readonly KpiPart[],
): Promise<Sql> {
  const { fact, lookUp } = dimensions[by]
  const key = fact as KpiKey
  const facts = await factsOf(reader, question, [key], [{ place: 0, ...period }], parts)
  const wanted = figuresIn(parts)
  const sums = factSums(wanted)
  const added = sql`select ${sql.ref(`f.k_${key}`)} as k, ${sums} from (${facts}) f group by ${sql.ref(`f.k_${key}`)}`
  const shown = sql`(${sql.join(
    wanted.map((name) => sql`${sql.ref(`f.${snakeCase(name)}`)} <> 0`),
    sql` or `,
  )})`
  if (lookUp === undefined) return sql`select f.* from (${added}) f where ${shown}`
  const { join, value } = lookUp(reader.caller.tenantId, 'd', sql`f.k`)
  return sql`select f.* from (select ${value} as k, ${sums} from (${added}) f ${join} group by ${value}) f where ${shown}`
}

function figuresIn(parts: readonly KpiPart[]): KpiFigureName[] {
  return parts.flatMap((part): readonly KpiFigureName[] => kpiParts[part])
}

async function factsOf(
  reader: Reader,
  asked: Asked,
  keys: readonly KpiKey[],
  periods: readonly KpiPeriod[],
  parts: readonly KpiPart[],
): Promise<Sql> {
  const kept = await keptMonths(reader, asked)
  const moved = parts.filter((part): part is MovementPart => part !== 'opening' && part !== 'closing')
  const split = moved.length === 0 ? [] : periods.map((period) => splitByKept(period, kept))
  const [sums, rest, late] = [split.flatMap((one) => one.days), split.flatMap((one) => one.rest), split.flatMap((one) => one.late)]
  const days = balanceDays(periods, parts)
  const keptOf = (as: BalanceDay['as']) => days.filter((one) => one.as === as && kept.ends.has(one.on)).map(counted)
  const open = days.filter(({ on }) => !kept.ends.has(on) && !(kept.firstOn !== undefined && on < kept.firstOn))
  const question = { to: periods.map(({ to }) => to).reduce(laterDay), ...asked }
  const facts = [
    ...(rest.length === 0 ? [] : [movementFacts(reader, question, { keys, periods: rest, parts: moved })]),
    ...(late.length === 0 ? [] : [movementFacts(reader, question, { keys, periods: late, parts: moved, since: kept.running!.late })]),
    ...(sums.length === 0 ? [] : [keptFacts(reader, asked, keys, sums, moved)]),
    ...(['opening', 'closing'] as const).flatMap((as) =>
      keptOf(as).length === 0 ? [] : [keptFacts(reader, asked, keys, keptOf(as), [as])],
    ),
    ...(open.length === 0 ? [] : [await balanceFacts(reader, asked, keys, open)]),
  ]
  return facts.length === 0 ? noFacts(keys) : sql.join(facts, sql` union all `)
}

/** All of it lies before the first day of the books. */
function noFacts(keys: readonly KpiKey[]): Sql {
  const nothing = sql`null::uuid`
  return sql`select ${factRow(sql`0`, keys, { customer: nothing, salesperson: nothing, region: nothing }, {})} where false`
}

function counted({ place, on }: BalanceDay): KeptDay {
  return { place, on, sign: 1 }
}

function balanceDays(periods: readonly KpiPeriod[], parts: readonly KpiPart[]): BalanceDay[] {
  return periods.flatMap(({ place, from, to }): BalanceDay[] => [
    ...(parts.includes('opening') ? [{ place, on: addDays(from, -1), as: 'opening' as const }] : []),
    ...(parts.includes('closing') ? [{ place, on: to, as: 'closing' as const }] : []),
  ])
}

function asFigures(row: Record<KpiFigureName, bigint | string> | undefined): KpiFigures {
  if (row === undefined) return NO_FIGURES
  return Object.fromEntries(kpiFigures.map((name) => [name, BigInt(row[name])])) as KpiFigures
}
