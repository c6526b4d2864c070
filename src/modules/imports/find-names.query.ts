import { uuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { ImportContext } from './import-handler.query.ts'
import type { ReadRow } from './read-row.ts'

/** Ids by the names that stand in the rows: salespeople by name or e-mail address, regions by name. A name that two people have is in `ambiguous`. */
export type FoundNames = { readonly ids: ReadonlyMap<string, string>; readonly ambiguous: ReadonlySet<string> }

export async function findSalespeople(reader: Reader, rows: readonly ReadRow[]): Promise<FoundNames> {
  const names = valuesOf(rows, 'salesperson')
  if (names.length === 0) return { ids: new Map(), ambiguous: new Set() }
  const found = await reader.all<{
    name: string
    id: string
  }>(sql`select x.name, p.id from unnest(${names}::text[]) x(name) join ar.people p on p.tenant_id = ${reader.caller.tenantId}
    and p.status <> 'disabled' and (p.name = x.name or p.email = lower(x.name))`)
  const byName = Map.groupBy(found, (one) => one.name)
  return {
    ids: new Map([...byName].flatMap(([name, same]) => (same.length === 1 ? [[name, same[0]!.id] as const] : []))),
    ambiguous: new Set([...byName].flatMap(([name, same]) => (same.length > 1 ? [name] : []))),
  }
}

/** Regions that are there, and with `createRegions` those the file brings along under ids of their own. */
export async function findRegions(reader: Reader, rows: readonly ReadRow[], { options, newRegions }: ImportContext): Promise<FoundNames> {
  const names = valuesOf(rows, 'region')
  if (names.length === 0) return { ids: new Map(), ambiguous: new Set() }
  const found = await reader.all<{ name: string; id: string }>(
    sql`select r.name, r.id from ar.regions r where r.tenant_id = ${reader.caller.tenantId} and r.name = any(${names}::text[])`,
  )
  const ids = new Map(found.map((one) => [one.name, one.id]))
  for (const name of names) {
    if (ids.has(name)) newRegions.delete(name)
    else if (options.createRegions) {
      if (!newRegions.has(name)) newRegions.set(name, uuid())
      ids.set(name, newRegions.get(name)!)
    }
  }
  return { ids, ambiguous: new Set() }
}

function valuesOf(rows: readonly ReadRow[], field: string): string[] {
  return [...new Set(rows.map((row) => row.values[field]).filter((value) => value !== undefined))]
}
