import type { ReactNode } from 'react'
import type { Page } from './paths.ts'

/** One page of a module. */
export type PageRoute = {
  path: Page
  /** Loads the page's chunk: `() => import('./customers-page.tsx').then((m) => m.CustomersPage)`. */
  load: () => Promise<() => ReactNode>
  /** Key of the browser title, `customers:title`. */
  title: string
  /** Without it the no-permission page is shown. */
  permission?: string
  /** Stands alone, without sider and session: sign-in, set-up, invitation. */
  bare?: true
}

/** Lets a typed `paths.…` stand in a list of pages. */
export function pageRoute<Pattern extends string>(route: Omit<PageRoute, 'path'> & { path: Page<Pattern> }): PageRoute {
  return route as unknown as PageRoute
}
