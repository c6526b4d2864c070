import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { opened, send, signedOut } from './api.ts'
import { ApiProblem } from './api-problem.ts'
import { forgetDrafts } from './drafts.ts'
import { remember } from './preferences.ts'
import type { ApiQuery } from './queries.ts'

/** Who is looking, for which company, and what they may do. */
export type Session = {
  person: { id: string; name: string; email: string; language: string; role: string }
  company: {
    id: string
    name: string
    baseCurrency: string
    timeZone: string
    /** Made up, for looking around. */
    isDemo: boolean
    testMode: boolean
    fourEyes: boolean
    /** The company's calendar day, 'YYYY-MM-DD': pages never ask the browser's clock for a business day. */
    today: string
  }
  permissions: readonly string[]
  scope: string
  setUp: boolean
  /** Things that wait for this person, shown as plain figures in the frame. */
  counts?: { notifications?: number; tasks?: number }
}

export const SessionContext = createContext<Session | undefined>(undefined)

const sessionKey = ['/api/session'] as const

/** The session of every page inside the frame. */
export function useSession(): Session & { may: (permission: string) => boolean } {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession is for pages inside the frame')
  return { ...session, may: (permission) => session.permissions.includes(permission) }
}

/** Asks who is signed in; the frame does this once and every five minutes. */
export function useSessionQuery(): ApiQuery<Session> {
  return useQuery<Session, ApiProblem>({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session: Session = await (await send('GET', '/api/session', { signal })).json()
      opened.for ??= session.person.id
      return session
    },
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  })
}

/** Ends the session, drops what was typed and not saved, and starts the app afresh, so that nothing of it stays. */
export async function signOut(): Promise<void> {
  forgetDrafts(window.localStorage)
  await send('POST', '/api/sign-out', { body: '{}' }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error // over already
  })
  remember(SIGNED_OUT, Date.now())
  window.location.assign('/sign-in')
}

/** Another window of this browser has signed out: this one shows nothing and keeps nothing any more either. Gives what ends listening. */
export function followSignOut(): () => void {
  const follow = ({ key }: StorageEvent) => {
    if (key !== `huikuan.${SIGNED_OUT}`) return
    forgetDrafts(window.localStorage)
    window.location.assign('/sign-in')
  }
  window.addEventListener('storage', follow)
  return () => window.removeEventListener('storage', follow)
}

/** Another window of this browser works for another person or company now: this one begins afresh. Gives what ends listening. */
export function followOtherPerson(): () => void {
  const follow = () => window.location.assign('/')
  signedOut.addEventListener('otherPerson', follow)
  return () => signedOut.removeEventListener('otherPerson', follow)
}

const SIGNED_OUT = 'signedOut'

const REFRESH_MS = 5 * 60_000
