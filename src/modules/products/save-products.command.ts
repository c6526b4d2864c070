import { minorUnits } from '../../kernel/currency.ts'
import { decimalsOf, parseFraction } from '../../kernel/fraction.ts'
import { isRate } from '../../kernel/percent.ts'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { addProducts, reviveProducts, setProductStatus, updateProducts } from './product.store.ts'
import type { ProductInput } from './product.ts'
import { productsByCode, productsById } from './products.query.ts'

const PRICE_DECIMALS_MOST = 6
/** One audit entry a product up to here, one for all above it (imports). */
const AUDITED_ONE_BY_ONE_MOST = 50

/** Adds products; ids in the order given. Throws products.wrong with every faulty field (`<index>.code` …), products.codeTaken among them. */
export async function createProducts(tx: Tx, products: readonly ProductInput[]): Promise<string[]> {
  if (products.length === 0) return []
  const issues = products.flatMap((product, index) => productIssues(product, pathOf(products.length, index)))
  const known = new Set(
    (
      await productsByCode(
        tx,
        products.map(({ code }) => code),
      )
    ).map(({ code }) => code),
  )
  products.forEach(({ code }, index) => {
    if (known.has(code)) issues.push({ path: `${pathOf(products.length, index)}code`, code: 'products.codeTaken', params: { code } })
    known.add(code)
  })
  refuse(issues)
  const added = products.map((product) => ({ ...product, id: uuid() }))
  addProducts(tx, added)
  if (added.length <= AUDITED_ONE_BY_ONE_MOST)
    for (const { id, ...after } of added) tx.audit({ action: 'products.created', entity: 'product', entityId: id, after })
  else tx.audit({ action: 'products.createdMany', entity: 'product', detail: { products: added.map(({ id, code }) => ({ id, code })) } })
  return added.map(({ id }) => id)
}

/** Changes products as a whole. Orders that exist keep their price and rate. */
export async function editProducts(
  tx: Tx,
  wanted: readonly (ProductInput & { readonly id: string; readonly version: number })[],
): Promise<void> {
  const [before, sameCode] = await Promise.all([
    productsById(
      tx,
      wanted.map(({ id }) => id),
    ),
    productsByCode(
      tx,
      wanted.map(({ code }) => code),
    ),
  ])
  const known = new Map(before.map((product) => [product.id, product]))
  const issues = wanted.flatMap((product, index) => productIssues(product, pathOf(wanted.length, index)))
  wanted.forEach(({ id, code }, index) => {
    if (sameCode.some((other) => other.code === code && other.id !== id))
      issues.push({ path: `${pathOf(wanted.length, index)}code`, code: 'products.codeTaken', params: { code } })
  })
  for (const { id, version, ...after } of wanted) {
    const product = known.get(id)
    if (!product) throw missing('product')
    if (product.version !== version) throw new Problem('platform.staleVersion', {}, { kind: 'conflict' })
    const changed = changes({ ...product }, { ...after })
    tx.audit({ action: 'products.edited', entity: 'product', entityId: id, before: changed?.before, after: changed?.after })
  }
  refuse(issues)
  updateProducts(tx, wanted)
}

/** A disabled product stays on its orders and cannot be put on new ones. */
export async function switchProducts(
  tx: Tx,
  wanted: readonly { id: string; version: number; status: 'active' | 'disabled' }[],
): Promise<void> {
  const known = new Map(
    (
      await productsById(
        tx,
        wanted.map(({ id }) => id),
      )
    ).map((product) => [product.id, product]),
  )
  for (const { id, version, status } of wanted) {
    const product = known.get(id)
    if (!product) throw missing('product')
    if (product.version !== version) throw new Problem('platform.staleVersion', {}, { kind: 'conflict' })
    tx.audit({
      action: status === 'active' ? 'products.enabled' : 'products.disabled',
      entity: 'product',
      entityId: id,
      before: { status: product.status },
      after: { status },
    })
  }
  setProductStatus(tx, wanted)
}

/** Disabled products come again as a file says them. One audit entry for all. */
export function bringProductsBack(tx: Tx, wanted: readonly (ProductInput & { readonly id: string; readonly version: number })[]): void {
  if (wanted.length === 0) return
  refuse(wanted.flatMap((product, index) => productIssues(product, pathOf(wanted.length, index))))
  reviveProducts(
    tx,
    wanted.map((product) => ({ ...product, status: 'active' as const })),
  )
  tx.audit({ action: 'products.broughtBack', entity: 'product', detail: { products: wanted.map(({ id, code }) => ({ id, code })) } })
}

function productIssues({ price, currency, vatRate }: ProductInput, path: string): Issue[] {
  const issues: Issue[] = []
  const value = price === null ? undefined : parseFraction(price)
  if (price !== null && (value === undefined || value.numerator < 0n || decimalsOf(price) > PRICE_DECIMALS_MOST))
    issues.push({ path: `${path}price`, code: 'products.price', params: { most: PRICE_DECIMALS_MOST, units: minorUnits(currency) } })
  if (!isRate(vatRate) || Number(vatRate) >= 1) issues.push({ path: `${path}vatRate`, code: 'products.vatRate' })
  return issues
}

function pathOf(count: number, index: number): string {
  return count === 1 ? '' : `${index}.`
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Problem('products.wrong', { count: issues.length }, { kind: 'refused', issues })
}
