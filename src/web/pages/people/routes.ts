import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const peoplePages: PageRoute[] = [
  pageRoute({
    path: paths.peopleSettings,
    title: 'people:list.title',
    permission: 'people.view',
    load: () => import('./people-page.tsx').then((m) => m.PeoplePage),
  }),
  pageRoute({
    path: paths.person,
    title: 'people:edit.title',
    permission: 'people.view',
    load: () => import('./person-page.tsx').then((m) => m.PersonPage),
  }),
  pageRoute({
    path: paths.apiKeys,
    title: 'people:keys.title',
    permission: 'people.editKeys',
    load: () => import('./api-keys-page.tsx').then((m) => m.ApiKeysPage),
  }),
]
