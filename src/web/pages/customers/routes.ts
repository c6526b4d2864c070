import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const customerPages: PageRoute[] = [
  pageRoute({
    path: paths.customers,
    title: 'customers:title',
    permission: 'customers.view',
    load: () => import('./customers-page.tsx').then((m) => m.CustomersPage),
  }),
  pageRoute({
    path: paths.newCustomer,
    title: 'customers:new',
    permission: 'customers.edit',
    load: () => import('./new-customer-page.tsx').then((m) => m.NewCustomerPage),
  }),
  pageRoute({
    path: paths.duplicateCustomers,
    title: 'customers:duplicates.title',
    permission: 'customers.merge',
    load: () => import('./duplicates-page.tsx').then((m) => m.DuplicatesPage),
  }),
  pageRoute({
    path: paths.customerSettings,
    title: 'customers:settings.title',
    permission: 'customers.merge',
    load: () => import('./customer-settings-page.tsx').then((m) => m.CustomerSettingsPage),
  }),
  pageRoute({
    path: paths.customer,
    title: 'customers:one',
    permission: 'customers.view',
    load: () => import('./customer-page.tsx').then((m) => m.CustomerPage),
  }),
  pageRoute({
    path: paths.editCustomer,
    title: 'customers:edit',
    permission: 'customers.edit',
    load: () => import('./edit-customer-page.tsx').then((m) => m.EditCustomerPage),
  }),
]
