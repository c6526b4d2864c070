import type { Rate } from '../../kernel/percent.ts'
import type { Reader } from '../../platform/db.ts'
import type { ProductInput } from '../products/product.ts'
import { type Product, productsByCode } from '../products/products.query.ts'
import { bringProductsBack, createProducts } from '../products/save-products.command.ts'
import { type ImportContext, type ImportHandler, seenBefore } from './import-handler.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import type { Finding, ReadRow } from './read-row.ts'
import { undoneProducts } from './undoing.query.ts'

/** The standard rate where a row names none; shown as a warning. */
const USUAL_VAT_RATE = '0.13'
const PRICE = /^\d{1,12}(\.\d{1,6})?$/

type Judged = { readonly product: ProductInput; readonly revived?: Pick<Product, 'id' | 'version'> }

/** 产品. A code that is there already is left alone; what an import had made that was taken back comes again as this file says it. */
export const productsImport: ImportHandler = {
  judge: judgeProductRows,
  save: async (tx, rows) => {
    const inputs = rows.map((row) => row.input as Judged)
    const back = inputs.flatMap(({ product, revived }) => (revived === undefined ? [] : [{ ...product, ...revived }]))
    const fresh = inputs.filter(({ revived }) => revived === undefined).map(({ product }) => product)
    const created = await createProducts(tx, fresh)
    bringProductsBack(tx, back)
    return { products: [...created, ...back.map(({ id }) => id)] }
  },
}

async function judgeProductRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const there = await productsByCode(
    reader,
    rows.flatMap(({ values }) => values['code'] ?? []),
  )
  const disabled = there.filter((product) => product.status === 'disabled')
  const undone = await undoneProducts(
    reader,
    disabled.map(({ id }) => id),
  )
  const revived = new Map(disabled.filter(({ id }) => undone.has(id)).map(({ code, id, version }) => [code, { id, version }]))
  const known = new Set(there.map(({ code }) => code).filter((code) => !revived.has(code)))
  return rows.map((row) => {
    const { values, line } = row
    const { code, name, price, vatRate } = values
    const empty = (field: string): Finding[] =>
      values[field] !== undefined || row.findings.some((one) => one.field === field)
        ? []
        : [{ severity: 'refused', field, code: 'imports.empty', fix: 'fillIn' }]
    const findings: Finding[] = [
      ...row.findings,
      ...empty('code'),
      ...empty('name'),
      ...seenBefore(context, code, line, 'code'),
      ...(code !== undefined && known.has(code)
        ? [{ severity: 'already' as const, field: 'code', code: 'imports.alreadyThere', params: { value: code }, fix: 'leaveOut' }]
        : []),
      ...(price !== undefined && !PRICE.test(price)
        ? [{ severity: 'refused' as const, field: 'price', code: 'imports.notAPrice', params: { value: price }, fix: 'fixAmount' }]
        : []),
      ...(vatRate === undefined && !row.findings.some((one) => one.field === 'vatRate')
        ? [{ severity: 'noted' as const, field: 'vatRate', code: 'imports.usualVatRate', params: { rate: '13%' } }]
        : []),
    ]
    const product: ProductInput = {
      code: code ?? '',
      name: name ?? '',
      unit: values['unit'] ?? '',
      price: price ?? null,
      currency: values['currency'] ?? reader.caller.baseCurrency,
      priceIncludesTax: values['priceIncludesTax'] !== 'false',
      vatRate: (vatRate ?? USUAL_VAT_RATE) as Rate,
      category: values['category'] ?? null,
    }
    const back = revived.get(product.code)
    const input: Judged = { product, ...(back === undefined ? {} : { revived: back }) }
    return { line, title: name ?? code ?? '', findings, ...(isRefused({ findings }) ? {} : { input }) }
  })
}
