import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const ageingPages: PageRoute[] = [
  pageRoute({
    path: paths.ageing,
    title: 'ageing:title',
    permission: 'ageing.view',
    load: () => import('./ageing-page.tsx').then((m) => m.AgeingPage),
  }),
  pageRoute({
    path: paths.ageingBuckets,
    title: 'ageing:settings.title',
    permission: 'ageing.view',
    load: () => import('./buckets-page.tsx').then((m) => m.BucketsPage),
  }),
]
