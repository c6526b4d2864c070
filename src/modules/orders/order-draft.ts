import { minorUnits } from '../../kernel/currency.ts'
import type { Day } from '../../kernel/day.ts'
import { convertMinor, isRate, type Rate } from '../../kernel/percent.ts'
import type { Issue } from '../../kernel/problem.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import { type Discount, type OrderTotal, orderTotal, orderTotalIssues } from './order-total.ts'

/** 订单 as keyed in or imported. Absent = the default (from the customer, the product, the company); null = deliberately none. */
export type OrderDraft = {
  readonly customerId: string
  readonly entityId?: string | undefined
  readonly salespersonId?: string | null | undefined
  readonly regionId?: string | null | undefined
  readonly currency?: string | undefined
  /** Base currency for one unit of the order's currency: must be given when they differ. */
  readonly rate?: Rate | undefined
  readonly orderedOn?: Day | undefined
  readonly deliveryOn?: Day | null | undefined
  readonly termsId?: string | null | undefined
  readonly paymentMethodId?: string | null | undefined
  readonly customerReference?: string | null | undefined
  readonly remark?: string | undefined
  readonly pricesIncludeTax?: boolean | undefined
  readonly discount?: Discount | null | undefined
  readonly lines: readonly OrderDraftLine[]
  /** The number in the system it came from, unique in the company. */
  readonly sourceNo?: string | null | undefined
}
type OrderDraftLine = {
  readonly productId: string
  readonly description?: string | undefined
  readonly unit?: string | undefined
  readonly quantity: string
  /** Absent: the product's price. */
  readonly unitPrice?: string | undefined
  readonly vatRate?: Rate | undefined
  readonly discount?: Discount | null | undefined
}

/** What the defaults come from. */
export type DraftDefaults = {
  readonly today: Day
  readonly baseCurrency: string
  readonly entityId: string
  readonly customer: {
    readonly salespersonId: string | null
    readonly regionId: string | null
    readonly currency: string
    readonly termsId: string | null
  }
  readonly products: ReadonlyMap<
    string,
    {
      readonly name: string
      readonly unit: string
      readonly price: string | null
      readonly vatRate: Rate
      readonly currency: string
      readonly priceIncludesTax: boolean
    }
  >
}

/** The order with nothing left open but what may be missing in a draft. */
export type OrderContent = {
  readonly entityId: string
  readonly customerId: string
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly rate: Rate
  readonly orderedOn: Day
  readonly deliveryOn: Day | null
  readonly termsId: string | null
  readonly terms: PaymentTerms | null
  readonly paymentMethodId: string | null
  readonly customerReference: string | null
  readonly remark: string
  readonly pricesIncludeTax: boolean
  readonly discount: Discount | null
  readonly lines: readonly OrderContentLine[]
}
type OrderContentLine = {
  readonly productId: string
  readonly description: string
  readonly unit: string
  readonly quantity: string
  readonly unitPrice: string
  readonly vatRate: Rate
  readonly discount: Discount | null
}

/** Fills in what the draft leaves open. `termsOf` gives the definition of terms by id. */
export function orderContent(draft: OrderDraft, defaults: DraftDefaults, termsOf: (id: string) => PaymentTerms | undefined): OrderContent {
  const { customer, today, baseCurrency } = defaults
  const currency = draft.currency ?? customer.currency
  const termsId = draft.termsId === undefined ? customer.termsId : draft.termsId
  return {
    entityId: draft.entityId ?? defaults.entityId,
    customerId: draft.customerId,
    salespersonId: draft.salespersonId === undefined ? customer.salespersonId : draft.salespersonId,
    regionId: draft.regionId === undefined ? customer.regionId : draft.regionId,
    currency,
    rate: draft.rate ?? (currency === baseCurrency ? '1' : '0'),
    orderedOn: draft.orderedOn ?? today,
    deliveryOn: draft.deliveryOn ?? null,
    termsId,
    terms: termsId === null ? null : (termsOf(termsId) ?? null),
    paymentMethodId: draft.paymentMethodId ?? null,
    customerReference: draft.customerReference?.trim() || null,
    remark: draft.remark ?? '',
    pricesIncludeTax: draft.pricesIncludeTax ?? true,
    discount: draft.discount ?? null,
    lines: draft.lines.map((line) => contentLine(line, defaults)),
  }
}

function contentLine(line: OrderDraftLine, { products }: DraftDefaults): OrderContentLine {
  const product = products.get(line.productId)
  return {
    productId: line.productId,
    description: line.description ?? '',
    unit: line.unit ?? product?.unit ?? '',
    quantity: line.quantity,
    unitPrice: line.unitPrice ?? product?.price ?? '',
    vatRate: line.vatRate ?? product?.vatRate ?? '0',
    discount: line.discount ?? null,
  }
}

/** Money of an order in its own and in the base currency. */
export type OrderAmounts = OrderTotal & { readonly amountBase: bigint }

/** Every fault of figures, with its path; none means `orderAmounts` may be called. A draft may have no lines and no delivery day. */
export function orderContentIssues(content: OrderContent, baseCurrency: string): Issue[] {
  const issues = orderTotalIssues(totalInput(content))
  const sameCurrency = content.currency === baseCurrency
  const wrongRate = !isRate(content.rate) || Number(content.rate) === 0 || (sameCurrency && Number(content.rate) !== 1)
  if (wrongRate) issues.push({ path: 'rate', code: sameCurrency ? 'orders.rateOfBaseCurrency' : 'orders.rateMissing' })
  if (content.deliveryOn !== null && content.deliveryOn < content.orderedOn)
    issues.push({ path: 'deliveryOn', code: 'orders.deliveryBeforeOrder' })
  return issues
}

export function orderAmounts(content: OrderContent, baseCurrency: string): OrderAmounts {
  const total = orderTotal(totalInput(content))
  return { ...total, amountBase: inBase(total.gross, content, baseCurrency) }
}

/** Minor units of the order's currency in minor units of the base currency, rounded half up once. */
export function inBase(
  minor: bigint,
  { currency, rate }: { readonly currency: string; readonly rate: Rate },
  baseCurrency: string,
): bigint {
  return convertMinor(minor, rate, minorUnits(currency), minorUnits(baseCurrency))
}

function totalInput({ currency, pricesIncludeTax, lines, discount }: OrderContent) {
  return {
    currency,
    pricesIncludeTax,
    lines: lines.map(({ quantity, unitPrice, vatRate, discount: own }) => ({
      quantity,
      unitPrice,
      vatRate,
      ...(own ? { discount: own } : {}),
    })),
    ...(discount ? { discount } : {}),
  }
}
