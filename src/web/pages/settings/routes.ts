import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const settingsPages: PageRoute[] = [
  pageRoute({
    path: paths.settings,
    title: 'shell:nav.settings',
    load: () => import('./settings-page.tsx').then((m) => m.SettingsPage),
  }),
  pageRoute({
    path: paths.companySettings,
    title: 'company:page.title',
    permission: 'company.view',
    load: () => import('./company-page.tsx').then((m) => m.CompanyPage),
  }),
  pageRoute({
    path: paths.bookingRules,
    title: 'company:booking.title',
    permission: 'company.view',
    load: () => import('./booking-rules-page.tsx').then((m) => m.BookingRulesPage),
  }),
]
