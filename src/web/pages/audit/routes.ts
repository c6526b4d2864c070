import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const auditPages: PageRoute[] = [
  pageRoute({
    path: paths.auditTrail,
    title: 'audit:title',
    permission: 'audit.view',
    load: () => import('./audit-page.tsx').then((m) => m.AuditPage),
  }),
]
