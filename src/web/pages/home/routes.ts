import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const homePages: PageRoute[] = [
  pageRoute({ path: paths.home, title: 'home:title', load: () => import('./home-page.tsx').then((m) => m.HomePage) }),
  pageRoute({
    path: paths.targets,
    title: 'home:targets.title',
    permission: 'reports.view',
    load: () => import('./targets-page.tsx').then((m) => m.TargetsPage),
  }),
]
