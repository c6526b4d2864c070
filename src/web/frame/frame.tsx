import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { signedOut } from '../api.ts'
import { forgetDrafts } from '../drafts.ts'
import { navigationFor } from '../navigation.tsx'
import { leaves, NavigationContext } from '../navigation-entry.ts'
import { paths } from '../paths.ts'
import { usePhone } from '../preferences.ts'
import { followOtherPerson, followSignOut, type Session, SessionContext, useSessionQuery } from '../session.tsx'
import { Delayed } from '../ui/delayed.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { type KeyBinding, KeyListener, useKeys } from '../ui/keys.tsx'
import { useWords } from '../words.ts'
import { ConfirmIdentity } from './confirm-identity.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { OfflineNote } from './offline-note.tsx'
import { PhoneBar, TabBar } from './phone-bars.tsx'
import { SearchDialog } from './search-dialog.tsx'
import { Sider } from './sider.tsx'
import { Topbar } from './topbar.tsx'

/** Everything around a page. Waits for the session; leads to sign-in without one and to set-up before there is a company. */
export function Frame() {
  const session = useSessionQuery()
  const words = useWords('shell')
  useSignInRedirect(session.error?.status === 401)
  useEffect(followOtherPerson, [])
  const navigate = useNavigate()
  const notSetUp = session.data !== undefined && !session.data.setUp
  useEffect(() => {
    if (notSetUp) void navigate({ to: paths.setup() })
  }, [notSetUp, navigate])

  if (session.data?.setUp) return <Framed session={session.data} />
  if (session.error && session.error.status !== 401) {
    return (
      <main className="bare">
        <ErrorState problem={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  return (
    <Delayed>
      <main className="bare secondary" aria-busy="true">
        {words('opening')}
      </main>
    </Delayed>
  )
}

function Framed({ session }: { session: Session }) {
  const phone = usePhone()
  const navigation = navigationFor(session)
  useNavigationKeys(navigation)
  const { person, company } = session
  useEffect(followSignOut, [])
  useEffect(() => forgetDrafts(window.localStorage, { companyId: company.id, personId: person.id }), [company.id, person.id])
  return (
    <SessionContext value={session}>
      <KeyListener />
      <div className={phone ? 'frame-phone' : 'frame'}>
        <SkipLink />
        {phone ? <PhoneBar /> : <Topbar />}
        {phone ? null : <Sider navigation={navigation} />}
        <main className="page" id="page" tabIndex={-1}>
          <OfflineNote />
          <NavigationContext value={navigation}>
            <Outlet />
          </NavigationContext>
        </main>
        {phone ? <TabBar navigation={navigation} /> : null}
      </div>
      <SearchDialog navigation={navigation} />
      <KeysDialog />
      <ConfirmIdentity />
    </SessionContext>
  )
}

function SkipLink() {
  const words = useWords('shell')
  return (
    <a className="skip" href="#page">
      {words('skip')}
    </a>
  )
}

function useNavigationKeys(navigation: ReturnType<typeof navigationFor>): void {
  const navigate = useNavigate()
  const words = useWords('shell')
  const bindings: KeyBinding[] = leaves(navigation).flatMap((leaf) =>
    leaf.keys ? [{ keys: leaf.keys, label: words(leaf.word), run: () => void navigate({ to: leaf.to }) }] : [],
  )
  useKeys(bindings)
}

/** When any call answers 401, once: the sign-in page remembers where to come back to, and everything cached goes. */
function useSignInRedirect(isSignedOut: boolean): void {
  const router = useRouter()
  const queries = useQueryClient()
  useEffect(() => {
    let left = false
    const leave = () => {
      const { href, pathname } = router.state.location
      if (left || pathname === paths.signIn()) return
      left = true
      void router.navigate({ to: paths.signIn(href === '/' ? {} : { next: href }) }).then(() => queries.clear())
    }
    if (isSignedOut) leave()
    signedOut.addEventListener('signedOut', leave)
    return () => signedOut.removeEventListener('signedOut', leave)
  }, [isSignedOut, router, queries])
}
