import type pg from 'pg'
import { camelCase } from './sql.ts'
import type { Statement } from './write-set.ts'

/** Rows as objects with camelCase keys. */
export function toRows<T>(result: pg.QueryArrayResult): T[] {
  const names = result.fields.map((field) => camelCase(field.name))
  return result.rows.map((cells: unknown[]) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) row[names[index]!] = cells[index]
    return row as T
  })
}

/** A text is prepared under a name once it has been seen often enough: composed filters that occur once leave nothing behind on the server. '' = not prepared. */
const SEEN_BEFORE_PREPARING = 3
const PREPARED_AT_MOST = 500
const seen = new Map<string, number>()
const names = new Map<string, string>()
export function preparedName(text: string): string {
  const known = names.get(text)
  if (known) return known
  const count = (seen.get(text) ?? 0) + 1
  if (seen.size > 10_000) seen.clear()
  seen.set(text, count)
  if (count < SEEN_BEFORE_PREPARING || names.size >= PREPARED_AT_MOST) return ''
  const name = `p${names.size}`
  names.set(text, name)
  return name
}

/** Numbers in the order given. Series are locked in the order of the first list, which is the alphabetical one in every transaction; one statement for all of them. */
export function numberStatement(tenantId: number, wanted: readonly { series: string; documentId: string }[]): Statement {
  const bySeries = Map.groupBy(wanted, (one) => one.series)
  const series = [...bySeries.keys()].sort()
  if (series.length === wanted.length) return oneNumberEach(tenantId, series, bySeries)
  const documents = series.flatMap((name) =>
    bySeries.get(name)!.map(({ documentId }, index, { length }) => ({ name, documentId, behind: index + 1 - length })),
  )
  return {
    text: `with taken as (insert into ar.number_series as s (tenant_id, series, last) select $1, w.series, w.n from unnest($2::text[], $3::bigint[]) w(series, n)
   on conflict (tenant_id, series) do update set last = s.last + excluded.last returning s.series, s.last)
insert into ar.document_numbers (tenant_id, series, no, document_id)
select $1, t.series, t.last + d.behind, d.document_id from taken t join unnest($4::text[], $5::bigint[], $6::uuid[]) d(series, behind, document_id) on d.series = t.series`,
    values: [
      tenantId,
      series,
      series.map((name) => bySeries.get(name)!.length),
      documents.map((one) => one.name),
      documents.map((one) => one.behind),
      documents.map((one) => one.documentId),
    ],
  }
}

/** One document a series, which is what a single call gives: no lists, no join. The rows of the last values are made in their order, and so the series are locked in theirs. */
function oneNumberEach(
  tenantId: number,
  series: readonly string[],
  bySeries: ReadonlyMap<string, readonly { documentId: string }[]>,
): Statement {
  const taken = series.map(
    (_, index) => `t${index} as (insert into ar.number_series as s (tenant_id, series, last) values ($1, $${index * 2 + 2}, 1)
   on conflict (tenant_id, series) do update set last = s.last + 1 returning s.last)`,
  )
  const rows = series.map((_, index) => `($1::int, $${index * 2 + 2}::text, (select t.last from t${index} t), $${index * 2 + 3}::uuid)`)
  return {
    text: `with ${taken.join(', ')} insert into ar.document_numbers (tenant_id, series, no, document_id) values ${rows.join(', ')}`,
    values: [tenantId, ...series.flatMap((name) => [name, bySeries.get(name)![0]!.documentId])],
  }
}
