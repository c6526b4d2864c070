import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const orderPages: PageRoute[] = [
  pageRoute({
    path: paths.orders,
    title: 'orders:title',
    permission: 'orders.view',
    load: () => import('./order-list-page.tsx').then((m) => m.OrderListPage),
  }),
  pageRoute({
    path: paths.lateDeliveries,
    title: 'orders:list.lateOnly',
    permission: 'orders.view',
    load: () => import('./order-list-page.tsx').then((m) => m.LateDeliveriesPage),
  }),
  pageRoute({
    path: paths.newOrder,
    title: 'orders:new',
    permission: 'orders.edit',
    load: () => import('./order-form-page.tsx').then((m) => m.NewOrderPage),
  }),
  pageRoute({
    path: paths.order,
    title: 'orders:title',
    permission: 'orders.view',
    load: () => import('./order-detail-page.tsx').then((m) => m.OrderDetailPage),
  }),
  pageRoute({
    path: paths.editOrder,
    title: 'orders:edit',
    permission: 'orders.edit',
    load: () => import('./order-form-page.tsx').then((m) => m.EditOrderPage),
  }),
]
