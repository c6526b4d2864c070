import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const reportPages: PageRoute[] = [
  pageRoute({
    path: paths.reports,
    title: 'reports:page.title',
    permission: 'reports.view',
    load: () => import('./reports-page.tsx').then((m) => m.ReportsPage),
  }),
  pageRoute({
    path: paths.report,
    title: 'reports:page.title',
    permission: 'reports.view',
    load: () => import('./report-page.tsx').then((m) => m.ReportPage),
  }),
  pageRoute({
    path: paths.kpiBasis,
    title: 'reports:basis.title',
    permission: 'reports.view',
    load: () => import('./kpi-basis-page.tsx').then((m) => m.KpiBasisPage),
  }),
  pageRoute({
    path: paths.verify,
    title: 'reports:verify.title',
    permission: 'audit.view',
    load: () => import('./verify-page.tsx').then((m) => m.VerifyPage),
  }),
]
