import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const creditPages: PageRoute[] = [
  pageRoute({
    path: paths.creditRules,
    title: 'credit:page.title',
    permission: 'credit.view',
    load: () => import('./credit-rules-page.tsx').then((m) => m.CreditRulesPage),
  }),
]
