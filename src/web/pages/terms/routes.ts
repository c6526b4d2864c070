import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const termsPages: PageRoute[] = [
  pageRoute({
    path: paths.paymentTerms,
    title: 'terms:title',
    permission: 'terms.view',
    load: () => import('./terms-page.tsx').then((m) => m.TermsPage),
  }),
  pageRoute({
    path: paths.holidays,
    title: 'terms:holidays.title',
    permission: 'terms.view',
    load: () => import('./holidays-page.tsx').then((m) => m.HolidaysPage),
  }),
]
