import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const setUpPages: PageRoute[] = [
  pageRoute({
    path: paths.setup,
    bare: true,
    title: 'people:setUp.title',
    load: () => import('./set-up-page.tsx').then((m) => m.SetUpPage),
  }),
  pageRoute({
    path: paths.demo,
    title: 'demo:title',
    permission: 'company.edit',
    load: () => import('./demo-page.tsx').then((m) => m.DemoPage),
  }),
  pageRoute({ path: paths.start, title: 'people:setUp.done', load: () => import('./start-page.tsx').then((m) => m.StartPage) }),
]
