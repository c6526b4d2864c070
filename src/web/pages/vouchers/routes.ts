import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

const permission = 'vouchers.view'

export const voucherPages: PageRoute[] = [
  pageRoute({
    path: paths.vouchers,
    title: 'vouchers:vouchers',
    permission,
    load: () => import('./vouchers-page.tsx').then((m) => m.VouchersPage),
  }),
  pageRoute({
    path: paths.voucher,
    title: 'vouchers:voucher',
    permission,
    load: () => import('./voucher-page.tsx').then((m) => m.VoucherPage),
  }),
  pageRoute({
    path: paths.trialBalance,
    title: 'vouchers:trialBalance',
    permission,
    load: () => import('./trial-balance-page.tsx').then((m) => m.TrialBalancePage),
  }),
  pageRoute({
    path: paths.periods,
    title: 'vouchers:periods',
    permission,
    load: () => import('./periods-page.tsx').then((m) => m.PeriodsPage),
  }),
  pageRoute({
    path: paths.chartOfAccounts,
    title: 'vouchers:accounts',
    permission,
    load: () => import('./accounts-page.tsx').then((m) => m.AccountsPage),
  }),
  pageRoute({
    path: paths.postingRules,
    title: 'vouchers:postingRules',
    permission,
    load: () => import('./posting-rules-page.tsx').then((m) => m.PostingRulesPage),
  }),
]
