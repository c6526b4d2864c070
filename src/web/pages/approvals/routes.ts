import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const approvalPages: PageRoute[] = [
  pageRoute({
    path: paths.approvals,
    title: 'approvals:title',
    permission: 'approvals.view',
    load: () => import('./approvals-page.tsx').then((m) => m.ApprovalsPage),
  }),
  pageRoute({
    path: paths.approval,
    title: 'approvals:title',
    permission: 'approvals.view',
    load: () => import('./approval-page.tsx').then((m) => m.ApprovalPage),
  }),
  pageRoute({
    path: paths.approvalRules,
    title: 'approvals:rules',
    permission: 'approvals.view',
    load: () => import('./approval-rules-page.tsx').then((m) => m.ApprovalRulesPage),
  }),
]
