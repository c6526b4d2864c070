import { uuid } from '../../../kernel/uuid.ts'
import type { checkOrder } from '../../../modules/orders/order-check.api.ts'
import type { createOrder, getOrder } from '../../../modules/orders/orders.api.ts'
import type { Answer, BodyOf } from '../../api.ts'

/** What the form holds: text as typed; undefined = the default that the server knows. */
export type OrderForm = {
  readonly customerId?: string | undefined
  readonly salespersonId?: string | null | undefined
  readonly termsId?: string | null | undefined
  readonly paymentMethodId?: string | null | undefined
  readonly orderedOn?: string | undefined
  readonly deliveryOn?: string | undefined
  readonly customerReference: string
  readonly currency?: string | undefined
  readonly rate: string
  readonly remark: string
  readonly pricesIncludeTax: boolean
  readonly discountPercent: string
  /** Off the whole order, agreed as an amount elsewhere; stands until a percentage is typed. */
  readonly discountAmount?: string | undefined
  readonly lines: readonly FormLine[]
}
export type FormLine = {
  readonly key: string
  readonly productId?: string | undefined
  readonly label: string
  readonly unit: string
  readonly quantity: string
  readonly unitPrice: string
  readonly vatRate: string
  readonly discountPercent: string
  readonly discountAmount?: string | undefined
}
export type OrderCheckAnswer = Answer<typeof checkOrder>
export type OrderAnswer = Answer<typeof getOrder>
type Draft = BodyOf<typeof createOrder>

export function emptyLine(): FormLine {
  return { key: uuid(), label: '', unit: '', quantity: '', unitPrice: '', vatRate: '0.13', discountPercent: '' }
}

export function emptyOrder(today: string, customerId: string | undefined): OrderForm {
  return {
    customerId,
    orderedOn: today,
    customerReference: '',
    rate: '',
    remark: '',
    pricesIncludeTax: true,
    discountPercent: '',
    lines: [emptyLine()],
  }
}

/** A stored order as the form shows it. The form offers discounts in percent; those by amount are kept and said. */
export function formOf(order: OrderAnswer): OrderForm {
  return {
    customerId: order.customerId,
    salespersonId: order.salespersonId,
    termsId: order.termsId,
    paymentMethodId: order.paymentMethodId,
    orderedOn: order.orderedOn,
    deliveryOn: order.deliveryOn ?? undefined,
    customerReference: order.customerReference ?? '',
    currency: order.currency,
    rate: order.rate === '1' ? '' : order.rate,
    remark: order.remark,
    pricesIncludeTax: order.pricesIncludeTax,
    discountPercent: percentOf(order.discount),
    discountAmount: amountOf(order.discount),
    lines: order.lines.map((line) => ({
      key: uuid(),
      productId: line.productId,
      label: `${line.productCode} ${line.productName}`,
      unit: line.unit,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      vatRate: line.vatRate,
      discountPercent: percentOf(line.discount),
      discountAmount: amountOf(line.discount),
    })),
  }
}

/** The draft to send; undefined until a customer is chosen. Lines without a product are not sent. */
export function draftOf(form: OrderForm): Draft | undefined {
  const { customerId, orderedOn, deliveryOn, rate, discountPercent, discountAmount, lines, ...rest } = form
  if (customerId === undefined) return undefined
  return {
    ...rest,
    customerId,
    deliveryOn: (deliveryOn || null) as never,
    ...(orderedOn ? { orderedOn: orderedOn as never } : {}),
    ...(rate ? { rate } : {}),
    customerReference: form.customerReference || null,
    discount: discountOf(discountPercent, discountAmount),
    lines: sentLines(lines).map((line) => ({
      productId: line.productId!,
      unit: line.unit,
      quantity: line.quantity,
      unitPrice: line.unitPrice || '0',
      vatRate: line.vatRate,
      discount: discountOf(line.discountPercent, line.discountAmount),
    })),
  }
}

/** Lines that go to the server, in their order: an issue at `lines.N` means the N-th of these. */
export function sentLines(lines: readonly FormLine[]): FormLine[] {
  return lines.filter((line) => line.productId !== undefined)
}

/** The places (from 1) of lines in which something was typed and no product chosen: they would be left out without a word. */
export function linesWithoutProduct(lines: readonly FormLine[]): number[] {
  return lines.flatMap(({ productId, quantity, unitPrice, discountPercent }, index) =>
    productId === undefined && [quantity, unitPrice, discountPercent].some((typed) => typed.trim() !== '') ? [index + 1] : [],
  )
}

const NUMBER = /^\d{1,12}(\.\d{1,6})?$/
/** Lines whose figures are not typed yet would be refused: the live check leaves them out until they are. */
export function checkable(form: OrderForm): OrderForm {
  const fine = (text: string): boolean => NUMBER.test(text)
  return {
    ...form,
    rate: fine(form.rate) ? form.rate : '',
    discountPercent: fine(form.discountPercent) ? form.discountPercent : '',
    lines: form.lines
      .filter((line) => fine(line.quantity) && Number(line.quantity) > 0 && (line.unitPrice === '' || fine(line.unitPrice)))
      .map((line) => ({ ...line, discountPercent: fine(line.discountPercent) ? line.discountPercent : '' })),
  }
}

function discountOf(percent: string, amount: string | undefined): { percent: string } | { amount: string } | null {
  if (percent) return { percent }
  return amount ? { amount } : null
}

function amountOf(discount: { percent: string } | { amount: string } | null): string | undefined {
  return discount && 'amount' in discount ? discount.amount : undefined
}

function percentOf(discount: { percent: string } | { amount: string } | null): string {
  return discount && 'percent' in discount ? discount.percent : ''
}
