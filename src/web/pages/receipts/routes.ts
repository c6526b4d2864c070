import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const receiptPages: PageRoute[] = [
  pageRoute({
    path: paths.receipts,
    title: 'receipts:title',
    permission: 'receipts.view',
    load: () => import('./receipts-page.tsx').then((m) => m.ReceiptsPage),
  }),
  pageRoute({
    path: paths.newReceipt,
    title: 'receipts:newTitle',
    permission: 'receipts.record',
    load: () => import('./new-receipt-page.tsx').then((m) => m.NewReceiptPage),
  }),
  pageRoute({
    path: paths.receipt,
    title: 'receipts:title',
    permission: 'receipts.view',
    load: () => import('./receipt-page.tsx').then((m) => m.ReceiptPage),
  }),
  pageRoute({
    path: paths.paymentMethods,
    title: 'receipts:methodsTitle',
    permission: 'company.edit',
    load: () => import('./payment-methods-page.tsx').then((m) => m.PaymentMethodsPage),
  }),
  pageRoute({
    path: paths.bankAccounts,
    title: 'receipts:accountsTitle',
    permission: 'company.edit',
    load: () => import('./bank-accounts-page.tsx').then((m) => m.BankAccountsPage),
  }),
]
