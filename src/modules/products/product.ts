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
