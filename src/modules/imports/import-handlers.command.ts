import { customersImport } from './import-customers.command.ts'
import type { ImportKind } from './import-fields.ts'
import type { ImportHandler } from './import-handler.query.ts'
import { ordersImport } from './import-orders.command.ts'
import { productsImport } from './import-products.command.ts'
import { receiptsImport } from './import-receipts.command.ts'
import { invoicesImport, openItemsImport } from './import-receivables.command.ts'

/** One line a kind. */
export const importHandlers: Readonly<Record<ImportKind, ImportHandler>> = {
  customers: customersImport,
  products: productsImport,
  openItems: openItemsImport,
  invoices: invoicesImport,
  orders: ordersImport,
  receipts: receiptsImport,
}
