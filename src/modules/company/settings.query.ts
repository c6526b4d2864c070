import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** The company's settings of one key over the module's defaults: a field that was never set has its default. */
export async function settingsOf<T extends object>(reader: Reader, key: string, defaults: T): Promise<T> {
  return { ...defaults, ...(await storedSettings(reader, key)).value } as T
}

/** The settings as stored, and their version (0 when nothing was ever saved). */
export async function storedSettings(reader: Reader, key: string): Promise<{ value: Record<string, unknown>; version: number }> {
  const found = await reader.maybe<{ value: Record<string, unknown>; version: number }>(
    sql`select s.value, s.version from ar.settings s where s.tenant_id = ${reader.caller.tenantId} and s.key = ${key}`,
  )
  return found ?? { value: {}, version: 0 }
}
