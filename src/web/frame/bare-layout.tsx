import { Outlet } from '@tanstack/react-router'
import { useWords } from '../words.ts'
import { Brand } from './brand.tsx'
import { LanguageSwitch } from './language-switch.tsx'

/** Pages without sider: sign-in, set-up, invitation. One column under the brand, language at the top right. */
export function BareLayout() {
  const words = useWords('shell')
  return (
    <div className="bare-layout">
      <header className="bare-top">
        <Brand />
        <LanguageSwitch />
      </header>
      <main className="bare" aria-label={words('product')}>
        <Outlet />
      </main>
    </div>
  )
}
