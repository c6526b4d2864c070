import type { Rate } from '../../kernel/percent.ts'
import type { Reader } from '../../platform/db.ts'
import type { ProductInput } from '../products/product.ts'
import { productsByCode } from '../products/products.query.ts'
import { createProducts } from '../products/save-products.command.ts'
import { type ImportContext, type ImportHandler, seenBefore } from './import-handler.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** The standard rate where a row names none; shown as a warning. */
const USUAL_VAT_RATE = '0.13'
const PRICE = /^\d{1,12}(\.\d{1,6})?$/

/** 产品. A code that is there already is left alone. */
export const productsImport: ImportHandler = {
  judge: judgeProductRows,
  save: async (tx, rows) => ({
    products: await createProducts(
      tx,
      rows.map((row) => row.input as ProductInput),
    ),
  }),
}

async function judgeProductRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const known = new Set(
    (
      await productsByCode(
        reader,
        rows.flatMap(({ values }) => values['code'] ?? []),
      )
    ).map((product) => product.code),
  )
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
      ...(vatRate === undefined
        ? [{ severity: 'noted' as const, field: 'vatRate', code: 'imports.usualVatRate', params: { rate: '13%' } }]
        : []),
    ]
    const input: ProductInput = {
      code: code ?? '',
      name: name ?? '',
      unit: values['unit'] ?? '',
      price: price ?? null,
      currency: values['currency'] ?? reader.caller.baseCurrency,
      priceIncludesTax: values['priceIncludesTax'] !== 'false',
      vatRate: (vatRate ?? USUAL_VAT_RATE) as Rate,
      category: values['category'] ?? null,
    }
    return { line, title: name ?? code ?? '', findings, ...(isRefused({ findings }) ? {} : { input }) }
  })
}
