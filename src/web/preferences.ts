import { useSyncExternalStore } from 'react'
import { isLanguage, type Language } from '../kernel/language.ts'
import { breakpoint, type Mode } from './tokens.ts'

/** What this browser remembers about its user. `mode` 'system' follows the operating system. */
export type Preferences = { language: Language; mode: Mode | 'system'; singleKeys: boolean }

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

export function preferences(): Preferences {
  return current
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  remember('preferences', current)
  for (const listener of listeners) listener()
}

/** light or dark, with 'system' resolved; follows the system while the page is open. */
export function useMode(): Mode {
  const { mode } = usePreferences()
  const dark = useMedia('(prefers-color-scheme: dark)')
  return mode === 'system' ? (dark ? 'dark' : 'light') : mode
}

export function usePhone(): boolean {
  return useMedia(`(max-width: ${breakpoint.phone - 1}px)`)
}

export function useMedia(query: string): boolean {
  const subscribeTo = (listener: () => void) => {
    const list = window.matchMedia(query)
    list.addEventListener('change', listener)
    return () => list.removeEventListener('change', listener)
  }
  return useSyncExternalStore(subscribeTo, () => window.matchMedia(query).matches)
}

/** Small things kept in this browser (columns shown, page size). A browser that refuses storage only forgets. */
export function remember(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(`huikuan.${name}`, JSON.stringify(value))
  } catch {
    // private mode or full storage: the choice lasts until the page is closed
  }
}

export function recall(name: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(`huikuan.${name}`) ?? 'null')
  } catch {
    return null
  }
}

const listeners = new Set<() => void>()
let current = initial()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function initial(): Preferences {
  const stored = (recall('preferences') ?? {}) as Partial<Record<keyof Preferences, unknown>>
  return {
    language: typeof stored.language === 'string' && isLanguage(stored.language) ? stored.language : browserLanguage(),
    mode: stored.mode === 'light' || stored.mode === 'dark' ? stored.mode : 'system',
    singleKeys: stored.singleKeys !== false,
  }
}

/** The first of the browser's languages that we speak; Chinese where none is. */
function browserLanguage(): Language {
  for (const tag of window.navigator.languages) {
    if (/^zh\b.*(tw|hk|mo|hant)/i.test(tag)) return 'zh-TW'
    if (/^zh\b/i.test(tag)) return 'zh-CN'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'zh-CN'
}
