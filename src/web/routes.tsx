import { type AnyRoute, createRootRoute, createRoute, createRouter, lazyRouteComponent, useParams } from '@tanstack/react-router'
import { BareLayout } from './frame/bare-layout.tsx'
import { Frame } from './frame/frame.tsx'
import { Guarded } from './frame/guarded.tsx'
import { NotFoundPage } from './frame/not-found-page.tsx'
import { PageFailed } from './frame/page-failed.tsx'
import type { PageRoute } from './page-route.ts'
import { pages } from './pages/index.ts'
import { readSearch, searchText } from './paths.ts'

/** The router over every module's pages: each page is its own chunk, filters live in the address as plain text. */
export function makeRouter() {
  const root = createRootRoute({ notFoundComponent: NotFoundPage })
  const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Frame })
  const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: BareLayout })
  framed.addChildren(pages.filter((page) => !page.bare).map((page) => childRoute(page, framed)))
  bare.addChildren(pages.filter((page) => page.bare).map((page) => childRoute(page, bare)))
  return createRouter({
    routeTree: root.addChildren([framed, bare]),
    parseSearch: readSearch,
    stringifySearch: (search) => searchText(search as Record<string, string>),
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    scrollRestoration: true,
  })
}

/** Another document is another page, begun afresh: what was typed, chosen or refused on one is never shown, or sent, for the next. */
function childRoute(page: PageRoute, parent: AnyRoute) {
  const Lazy = lazyRouteComponent(async () => ({ Page: await page.load() }), 'Page')
  const component = () => (
    <Guarded page={page}>
      <Lazy key={Object.values(useParams({ strict: false })).join('/')} />
    </Guarded>
  )
  component.preload = () => Lazy.preload?.() ?? Promise.resolve()
  return createRoute({ getParentRoute: () => parent, path: page.path.pattern, component })
}
