import type { Client } from 'pg'

export type BackupTable = { readonly schema: string; readonly name: string; readonly columns: readonly string[] }
export type SequenceState = { readonly schema: string; readonly name: string; readonly value: string; readonly isCalled: boolean }
export type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string }

/** The schemas whose rows a backup holds. The job queue is left out: a restored copy must not do again what the original did. */
export const BACKED_UP_SCHEMAS = ['ar', 'auth']

/** Tables with rows of their own, and the columns that can be written (not the generated ones), in a fixed order. */
export async function backupTables(client: Client): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select n.nspname as schema, c.relname as name,
       coalesce((select json_agg(a.attname order by a.attnum) from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'r' order by n.nspname, c.relname`,
    [BACKED_UP_SCHEMAS],
  )
  return rows
}

/** Last values of sequences, identity columns included. */
export async function sequenceStates(client: Client): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'S' order by n.nspname, c.relname`,
    [BACKED_UP_SCHEMAS],
  )
  const states: SequenceState[] = []
  for (const { schema, name } of rows) {
    const state = await client.query<{ value: string; isCalled: boolean }>(
      `select s.last_value::text as value, s.is_called as "isCalled" from ${quoted(client, schema, name)} s`,
    )
    states.push({ schema, name, ...state.rows[0]! })
  }
  return states
}

export async function foreignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where n.nspname = any($1) and k.contype = 'f' and k.conparentid = 0 order by 1, 2`,
    [BACKED_UP_SCHEMAS],
  )
  return rows
}

export async function countRows(client: Client, table: BackupTable): Promise<string> {
  const { rows } = await client.query<{ count: string }>(`select count(*)::text as count from ${quoted(client, table.schema, table.name)}`)
  return rows[0]!.count
}

export function quoted(client: Client, ...names: readonly string[]): string {
  return names.map((name) => client.escapeIdentifier(name)).join('.')
}

export function columnList(client: Client, table: BackupTable): string {
  return table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
}
