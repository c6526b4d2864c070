import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const allocationPages: PageRoute[] = [
  pageRoute({
    path: paths.allocateReceipt,
    title: 'allocations:workbench',
    permission: 'allocations.allocate',
    load: () => import('./allocate-receipt-page.tsx').then((m) => m.AllocateReceiptPage),
  }),
  pageRoute({
    path: paths.allocations,
    title: 'allocations:title',
    permission: 'receipts.view',
    load: () => import('./allocations-page.tsx').then((m) => m.AllocationsPage),
  }),
  pageRoute({
    path: paths.bulkAllocation,
    title: 'allocations:bulk.title',
    permission: 'allocations.allocate',
    load: () => import('./bulk-allocation-page.tsx').then((m) => m.BulkAllocationPage),
  }),
]
