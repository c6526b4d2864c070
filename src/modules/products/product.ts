import type { Rate } from '../../kernel/percent.ts'

/** 产品或服务, as keyed in. `price` is decimal text with at most six decimals in `currency`, with or without tax as `priceIncludesTax` says; null: asked for at each order. */
export type ProductInput = {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly price: string | null
  readonly currency: string
  readonly priceIncludesTax: boolean
  readonly vatRate: Rate
  readonly category: string | null
}

/** '8200.000000', as the database writes it, is '8200': what a form and a comparison should see. */
export function plainDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
