import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/**
 * What the entries of a receivable say about days. A settlement before `settledFrom`, or one undone before `movedOn`, would leave a past day below nothing or in
 * another place than it was, because since then it was opened, given back, rescheduled or reassigned. `lastEntryOn` of all.
 */
export type EntryDays = { readonly settledFrom: Day; readonly movedOn: Day | null; readonly lastEntryOn: Day }

/** By receivable; one that has no entry is not in the map. */
export async function entryDays(reader: Reader, receivableIds: readonly string[]): Promise<Map<string, EntryDays>> {
  const rows = await reader.all<EntryDays & { receivableId: string }>(sql`select e.receivable_id,
      max(e.entry_on) filter (where e.kind in ('opened', 'reversed', 'rescheduled', 'reassigned')) as settled_from,
      max(e.entry_on) filter (where e.kind in ('rescheduled', 'reassigned')) as moved_on, max(e.entry_on) as last_entry_on
    from ar.receivable_entries e where e.tenant_id = ${reader.caller.tenantId} and e.receivable_id = any(${receivableIds}::uuid[]) group by e.receivable_id`)
  return new Map(rows.map(({ receivableId, ...days }) => [receivableId, days]))
}
