import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const productPages: PageRoute[] = [
  pageRoute({
    path: paths.products,
    title: 'products:title',
    permission: 'products.view',
    load: () => import('./products-page.tsx').then((m) => m.ProductsPage),
  }),
  pageRoute({
    path: paths.product,
    title: 'products:title',
    permission: 'products.view',
    load: () => import('./product-page.tsx').then((m) => m.ProductPage),
  }),
]
