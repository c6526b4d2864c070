import type { ProductInput } from '../products/product.ts'
import { demoCodes, demoPrice } from './demo-goods.ts'
import type { DemoWords } from './words/demo-words.ts'

/** Work is taxed at 6 %, goods at 13 %. */
const WORK = 'W-'

/** What the demo company sells, named in the language of the words; prices with tax. */
export function demoProducts(words: DemoWords): ProductInput[] {
  return demoCodes.map((code) => {
    const [name, unit, category] = words.products[code]
    const vatRate = code.startsWith(WORK) ? '0.06' : '0.13'
    return { code, name, unit, price: demoPrice(code), currency: 'CNY', priceIncludesTax: true, vatRate, category }
  })
}
