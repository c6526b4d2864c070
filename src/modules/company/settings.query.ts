import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** The company's settings of one key over the module's defaults: a field that was never set has its default. */
export async function settingsOf<T extends object>(reader: Reader, key: string, defaults: T): Promise<T> {
  return { ...defaults, ...(await storedSettings(reader, key)).value } as T
}

type Stored = { readonly value: Record<string, unknown>; readonly version: number }

/** The settings as stored, and their version (0 when nothing was ever saved). Keys that are asked for in one breath make one question. */
export async function storedSettings(reader: Reader, key: string): Promise<Stored> {
  let breath = asked.get(reader)
  if (breath === undefined) {
    const keys: string[] = []
    const found = Promise.resolve().then(() => {
      asked.delete(reader)
      return settingsOfKeys(reader, keys)
    })
    breath = { keys, found }
    asked.set(reader, breath)
  }
  breath.keys.push(key)
  return (await breath.found).get(key) ?? { value: {}, version: 0 }
}
const asked = new WeakMap<Reader, { readonly keys: string[]; readonly found: Promise<Map<string, Stored>> }>()

async function settingsOfKeys(reader: Reader, keys: readonly string[]): Promise<Map<string, Stored>> {
  const rows = await reader.all<Stored & { key: string }>(
    sql`select s.key, s.value, s.version from ar.settings s where s.tenant_id = ${reader.caller.tenantId} and s.key = any(${keys}::text[])`,
  )
  return new Map(rows.map(({ key, ...stored }) => [key, stored]))
}
