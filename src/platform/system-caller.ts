import type { Language } from '../kernel/language.ts'
import type { Caller } from './caller.ts'
import type { Database } from './db.ts'
import { systemCaller } from './jobs.ts'
import { sql } from './sql.ts'

const FRESH_MS = 60_000

type Tenant = { language: Language; timeZone: string; baseCurrency: string; fourEyes: boolean }

/** Gives the system's caller of a company, for clocks and workers. What it says of the company is at most a minute old. */
export function systemCallers(db: Database): (tenantId: number) => Promise<Caller> {
  const known = new Map<number, { caller: Caller; until: number }>()
  return async (tenantId) => {
    const found = known.get(tenantId)
    const now = db.now().getTime()
    if (found !== undefined && found.until > now) return found.caller
    const tenant = await db.read(insideTenant(tenantId), (reader) =>
      reader.one<Tenant>(
        sql`select t.language, t.time_zone, t.base_currency, t.four_eyes from ar.tenants t where t.tenant_id = ${tenantId}`,
      ),
    )
    const caller = systemCaller({ tenantId, ...tenant })
    known.set(tenantId, { caller, until: now + FRESH_MS })
    return caller
  }
}

/** The program itself, looking into one company before anything of it is known. XXX is the ISO code for no currency. */
export function insideTenant(tenantId: number): Caller {
  return systemCaller({ tenantId, language: 'en', timeZone: 'UTC', baseCurrency: 'XXX', fourEyes: true })
}
