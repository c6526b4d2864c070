import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const accountPages: PageRoute[] = [
  pageRoute({ path: paths.account, title: 'people:account.title', load: () => import('./account-page.tsx').then((m) => m.AccountPage) }),
  pageRoute({
    path: paths.notifications,
    title: 'people:inbox.notifications',
    load: () => import('./notifications-page.tsx').then((m) => m.NotificationsPage),
  }),
  pageRoute({ path: paths.tasks, title: 'people:inbox.tasks', load: () => import('./tasks-page.tsx').then((m) => m.TasksPage) }),
]
