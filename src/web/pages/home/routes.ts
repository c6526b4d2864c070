import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const homePages: PageRoute[] = [
  pageRoute({ path: paths.home, title: 'shell:home.title', load: () => import('./home-page.tsx').then((m) => m.HomePage) }),
]
