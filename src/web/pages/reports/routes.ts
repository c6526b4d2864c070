import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const reportPages: PageRoute[] = [
  pageRoute({
    path: paths.verify,
    title: 'reports:verify.title',
    permission: 'audit.view',
    load: () => import('./verify-page.tsx').then((m) => m.VerifyPage),
  }),
]
