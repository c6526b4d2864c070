import type { Tx } from '../../platform/db.ts'
import type { ProductInput } from './product.ts'

const FIELDS = ['code', 'name', 'unit', 'price', 'currency', 'priceIncludesTax', 'vatRate', 'category']

export function addProducts(tx: Tx, products: readonly (ProductInput & { readonly id: string })[]): void {
  tx.insert(
    'products',
    products.map(({ id, code, name, unit, price, currency, priceIncludesTax, vatRate, category }) => ({
      id,
      code,
      name,
      unit,
      price,
      currency,
      priceIncludesTax,
      vatRate,
      category,
    })),
  )
}

export function updateProducts(tx: Tx, products: readonly (ProductInput & { readonly id: string; readonly version: number })[]): void {
  tx.update('products', products, { set: FIELDS, expect: ['version'] })
}

export function reviveProducts(
  tx: Tx,
  products: readonly (ProductInput & { readonly id: string; readonly version: number; readonly status: 'active' })[],
): void {
  tx.update('products', products, { set: [...FIELDS, 'status'], expect: ['version'] })
}

export function setProductStatus(tx: Tx, products: readonly { id: string; version: number; status: 'active' | 'disabled' }[]): void {
  tx.update('products', products, { set: ['status'], expect: ['version'] })
}
