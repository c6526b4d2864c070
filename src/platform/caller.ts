import type { Language } from '../kernel/language.ts'

/** Who calls, for which company, and what they may see. Made from the session or the API key, never from the request's own words. */
export type Caller = {
  readonly tenantId: number
  readonly actorId: string
  readonly actorKind: 'person' | 'apiKey' | 'system'
  readonly name: string
  readonly role: string
  readonly permissions: ReadonlySet<string>
  readonly scope: DataScope
  readonly language: Language
  readonly timeZone: string
  readonly baseCurrency: string
  /** Off only where a one-person company has switched it off, on the record. */
  readonly fourEyes: boolean
  /** Modules that the company has switched off: their routes answer platform.moduleOff. */
  readonly modulesOff?: ReadonlySet<string>
  readonly ip?: string
  readonly requestId?: string
}

/** 'all', or the salespeople whose customers this caller may see (own, or own team). The database applies it (app_scoped). */
export type DataScope = { readonly kind: 'all' } | { readonly kind: 'own' | 'team'; readonly salespeople: readonly string[] }

export function may(caller: Caller, permission: string): boolean {
  return caller.permissions.has(permission)
}

/** The program itself: clocks, migrations of data, workers. Its id is fixed so that the audit log can name it. */
export const SYSTEM_ACTOR = '00000000-0000-7000-8000-000000000001'
