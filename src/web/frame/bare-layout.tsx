import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useWords } from '../words.ts'
import { Brand } from './brand.tsx'

/** Its select is large, and nobody who is signed in meets it. */
const LanguageSwitch = lazy(async () => {
  const { LanguageSwitch } = await import('./language-switch.tsx')
  return { default: LanguageSwitch }
})

/** Pages without sider: sign-in, set-up, invitation. One column under the brand, language at the top right. */
export function BareLayout() {
  const words = useWords('shell')
  return (
    <div className="bare-layout">
      <header className="bare-top">
        <Brand />
        <Suspense fallback={null}>
          <LanguageSwitch />
        </Suspense>
      </header>
      <main className="bare" aria-label={words('product')}>
        <Outlet />
      </main>
    </div>
  )
}
