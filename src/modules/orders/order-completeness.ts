import type { Day } from '../../kernel/day.ts'
import type { Issue } from '../../kernel/problem.ts'
import { type PaymentTerms, validateTerms } from '../terms/payment-terms.ts'

/** What the check looks at; a draft may have holes everywhere. */
export type OrderToCheck = {
  readonly customerId?: string | undefined
  readonly customerStatus?: 'active' | 'disabled' | 'merged' | undefined
  readonly salespersonId?: string | undefined
  readonly orderedOn?: Day | undefined
  readonly deliveryOn?: Day | undefined
  readonly terms?: PaymentTerms | undefined
  readonly paymentMethodId?: string | undefined
  readonly customerReference?: string | undefined
  readonly gross: bigint
  readonly lines: readonly { readonly productId?: string | undefined; readonly productStatus?: 'active' | 'disabled' | undefined }[]
  /** Another live order of the same customer with the same customer reference, if any. */
  readonly sameReferenceOrderNo?: string | undefined
}
export type CompletenessSettings = {
  readonly paymentMethodRequired: boolean
  readonly salespersonRequired: boolean
  readonly customerReferenceRequired: boolean
}
export const defaultCompleteness: CompletenessSettings = {
  paymentMethodRequired: false,
  salespersonRequired: true,
  customerReferenceRequired: false,
}

/** Fields that may stay empty, by the company's settings. */
export function optionalFields(settings: CompletenessSettings = defaultCompleteness): string[] {
  const optional = {
    salespersonId: !settings.salespersonRequired,
    paymentMethodId: !settings.paymentMethodRequired,
    customerReference: !settings.customerReferenceRequired,
    remark: true,
  }
  return Object.entries(optional).flatMap(([field, may]) => (may ? [field] : []))
}

/** `missing` stops the submission, `warnings` are shown and may be ignored. Paths are form fields. */
export function orderCompleteness(
  order: OrderToCheck,
  settings: CompletenessSettings = defaultCompleteness,
): { readonly missing: Issue[]; readonly warnings: Issue[] } {
  const needed = [
    lacks(!order.customerId, 'customerId', 'orders.customerMissing'),
    lacks(order.customerStatus !== undefined && order.customerStatus !== 'active', 'customerId', 'orders.customerNotActive'),
    lacks(settings.salespersonRequired && !order.salespersonId, 'salespersonId', 'orders.salespersonMissing'),
    lacks(!order.orderedOn, 'orderedOn', 'orders.orderedOnMissing'),
    lacks(!order.deliveryOn, 'deliveryOn', 'orders.deliveryOnMissing'),
    lacks(Boolean(order.orderedOn && order.deliveryOn && order.deliveryOn < order.orderedOn), 'deliveryOn', 'orders.deliveryBeforeOrder'),
    lacks(!order.terms, 'terms', 'orders.termsMissing'),
    lacks(settings.paymentMethodRequired && !order.paymentMethodId, 'paymentMethodId', 'orders.paymentMethodMissing'),
    lacks(settings.customerReferenceRequired && !order.customerReference?.trim(), 'customerReference', 'orders.customerReferenceMissing'),
    lacks(order.lines.length === 0, 'lines', 'orders.linesMissing'),
    lacks(order.lines.length > 0 && order.gross <= 0n, 'lines', 'orders.amountIsNothing'),
    ...order.lines.flatMap((line, i) => [
      lacks(!line.productId, `lines.${i}.productId`, 'orders.productMissing'),
      lacks(line.productStatus === 'disabled', `lines.${i}.productId`, 'orders.productDisabled'),
    ]),
  ].flat()
  const terms = order.terms ? validateTerms(order.terms).map((issue) => ({ ...issue, path: `terms.${issue.path}` })) : []
  const same = order.sameReferenceOrderNo
  const warnings: Issue[] = same ? [{ path: 'customerReference', code: 'orders.sameCustomerReference', params: { order: same } }] : []
  return { missing: [...needed, ...terms], warnings }
}

function lacks(condition: boolean, path: string, code: string): Issue[] {
  return condition ? [{ path, code }] : []
}
