import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const receivablePages: PageRoute[] = [
  pageRoute({
    path: paths.receivables,
    title: 'receivables:ledger',
    permission: 'receivables.view',
    load: () => import('./receivables-page.tsx').then((m) => m.ReceivablesPage),
  }),
  pageRoute({
    path: paths.newReceivable,
    title: 'receivables:formTitle',
    permission: 'receivables.open',
    load: () => import('./new-receivable-page.tsx').then((m) => m.NewReceivablePage),
  }),
  pageRoute({
    path: paths.missingReceivables,
    title: 'receivables:missing.title',
    permission: 'receivables.view',
    load: () => import('./missing-receivables-page.tsx').then((m) => m.MissingReceivablesPage),
  }),
  pageRoute({
    path: paths.receivable,
    title: 'receivables:receivable',
    permission: 'receivables.view',
    load: () => import('./receivable-page.tsx').then((m) => m.ReceivablePage),
  }),
]
