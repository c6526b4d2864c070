import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const importPages: PageRoute[] = [
  pageRoute({
    path: paths.imports,
    title: 'imports:title',
    permission: 'imports.run',
    load: () => import('./imports-page.tsx').then((m) => m.ImportsPage),
  }),
  pageRoute({
    path: paths.newImport,
    title: 'imports:newTitle',
    permission: 'imports.run',
    load: () => import('./new-import-page.tsx').then((m) => m.NewImportPage),
  }),
  pageRoute({
    path: paths.import,
    title: 'imports:title',
    permission: 'imports.run',
    load: () => import('./import-page.tsx').then((m) => m.ImportPage),
  }),
]
