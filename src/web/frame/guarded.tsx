import { type ReactNode, use, useEffect } from 'react'
import type { PageRoute } from '../page-route.ts'
import { SessionContext } from '../session.tsx'
import { useWords } from '../words.ts'
import { NoPermission } from './no-permission.tsx'

/** Sets the browser title and shows the no-permission page instead of a page the person may not open. The server decides again. */
export function Guarded({ page, children }: { page: PageRoute; children: ReactNode }) {
  const session = use(SessionContext)
  const words = useWords('shell')
  const title = words(page.title)
  useEffect(() => {
    document.title = `${title} · ${words('product')}`
  }, [title, words])
  if (page.permission !== undefined && session && !session.permissions.includes(page.permission)) return <NoPermission />
  return children
}
