import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const settingsPages: PageRoute[] = [
  pageRoute({
    path: paths.companySettings,
    title: 'company:page.title',
    permission: 'company.view',
    load: () => import('./company-page.tsx').then((m) => m.CompanyPage),
  }),
]
