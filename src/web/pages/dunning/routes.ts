import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

const permission = 'dunning.view'

export const dunningPages: PageRoute[] = [
  pageRoute({
    path: paths.dunningCases,
    title: 'dunning:cases.title',
    permission,
    load: () => import('./cases-page.tsx').then((m) => m.CasesPage),
  }),
  pageRoute({
    path: paths.dunningCase,
    title: 'dunning:cases.title',
    permission,
    load: () => import('./case-page.tsx').then((m) => m.CasePage),
  }),
  pageRoute({
    path: paths.dunningLadders,
    title: 'dunning:ladders.title',
    permission,
    load: () => import('./ladders-page.tsx').then((m) => m.LaddersPage),
  }),
  pageRoute({
    path: paths.dunningLadder,
    title: 'dunning:ladders.title',
    permission,
    load: () => import('./ladder-page.tsx').then((m) => m.LadderPage),
  }),
  pageRoute({
    path: paths.dunningTemplates,
    title: 'dunning:templates.title',
    permission,
    load: () => import('./templates-page.tsx').then((m) => m.TemplatesPage),
  }),
  pageRoute({
    path: paths.dunningRuns,
    title: 'dunning:runs.title',
    permission,
    load: () => import('./runs-page.tsx').then((m) => m.RunsPage),
  }),
  pageRoute({
    path: paths.dunningRun,
    title: 'dunning:runs.title',
    permission,
    load: () => import('./run-page.tsx').then((m) => m.RunPage),
  }),
  pageRoute({
    path: paths.dunningBlocks,
    title: 'dunning:blocks.title',
    permission,
    load: () => import('./blocks-page.tsx').then((m) => m.BlocksPage),
  }),
]
