import type { Day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import type { OrderAmounts, OrderContent } from './order-draft.ts'
import type { OrderStatus } from './order-status.ts'

export type OrderToSave = {
  readonly id: string
  readonly content: OrderContent
  readonly amounts: OrderAmounts
  readonly contentHash: Buffer
}

/** New drafts with their lines; their numbers are given at the save. */
export function addOrders(tx: Tx, orders: readonly (OrderToSave & { readonly sourceNo: string | null })[]): void {
  tx.insert(
    'orders',
    orders.map((order) => ({
      ...headOf(order),
      id: order.id,
      sourceNo: order.sourceNo,
      status: 'draft',
      createdBy: tx.caller.actorId,
      createdAt: tx.at,
    })),
  )
  tx.insert('order_lines', orders.flatMap(linesOf))
  const series = `SO-${tx.today.slice(2, 4)}${tx.today.slice(5, 7)}`
  tx.number(
    series,
    orders.map(({ id }) => id),
  )
}

/** A whole draft anew. Its lines are overwritten by number; what is too many goes, what is new comes. */
export function replaceOrders(tx: Tx, orders: readonly (OrderToSave & { readonly version: number; readonly lineCount: number })[]): void {
  const set = [...HEAD, 'status', 'creditResult', 'creditDetail', 'statusReason']
  tx.update(
    'orders',
    orders.map((order) => ({
      ...headOf(order),
      id: order.id,
      version: order.version,
      status: 'draft',
      creditResult: null,
      creditDetail: null,
      statusReason: '',
    })),
    { set, expect: ['version'] },
  )
  const lines = orders.flatMap((order) => linesOf(order).map((line) => ({ line, isNew: line.lineNo > order.lineCount })))
  tx.update(
    'order_lines',
    lines.filter(({ isNew }) => !isNew).map(({ line }) => line),
    { match: ['orderId', 'lineNo'], set: LINE },
  )
  tx.insert(
    'order_lines',
    lines.filter(({ isNew }) => isNew).map(({ line }) => line),
  )
  const surplus = orders.flatMap(({ id, content, lineCount }) =>
    Array.from({ length: Math.max(0, lineCount - content.lines.length) }, (_, i) => ({
      orderId: id,
      lineNo: content.lines.length + 1 + i,
    })),
  )
  tx.delete('order_lines', surplus, ['orderId', 'lineNo'])
}

/** Sets columns of orders that still have the version read; every row has the same columns. */
export function setOrders(
  tx: Tx,
  rows: readonly (Row & { readonly id: string; readonly version: number; readonly status: OrderStatus })[],
): void {
  if (rows.length === 0) return
  tx.update('orders', rows, { set: Object.keys(rows[0]!).filter((column) => column !== 'id' && column !== 'version'), expect: ['version'] })
}

export function addDelivered(tx: Tx, lines: readonly { orderId: string; lineNo: number; delivered: string }[]): void {
  tx.update('order_lines', lines, { match: ['orderId', 'lineNo'], add: ['delivered'] })
}

export function clearDelivered(tx: Tx, lines: readonly { orderId: string; lineNo: number }[]): void {
  tx.update(
    'order_lines',
    lines.map((line) => ({ ...line, delivered: '0' })),
    { match: ['orderId', 'lineNo'], set: ['delivered'] },
  )
}

export type OrderEventRow = {
  readonly id?: string
  readonly orderId: string
  readonly kind: string
  readonly happenedOn: Day
  readonly detail: Row
}

/** The order's own history. */
export function addOrderEvents(tx: Tx, events: readonly OrderEventRow[]): void {
  tx.insert(
    'order_events',
    events.map(({ id = uuid(), orderId, kind, happenedOn, detail }) => ({
      id,
      orderId,
      kind,
      happenedOn,
      detail,
      createdBy: tx.caller.actorId,
      createdAt: tx.at,
    })),
  )
}

export type OverrideRow = {
  readonly id: string
  readonly orderId: string
  readonly customerId: string
  readonly overBase: bigint
  readonly reason: string
  readonly requestId: string | null
  readonly requestedBy: string
  readonly approvedBy: string
  readonly approvedHow: 'person' | 'alone'
  readonly contentHash: Buffer
}
export function addOverrides(tx: Tx, overrides: readonly OverrideRow[]): void {
  tx.insert(
    'credit_overrides',
    overrides.map((override) => ({ ...override, createdAt: tx.at })),
  )
}

const HEAD = [
  'entityId',
  'customerId',
  'salespersonId',
  'regionId',
  'currency',
  'rate',
  'net',
  'tax',
  'amount',
  'amountBase',
  'orderedOn',
  'deliveryOn',
  'termsId',
  'terms',
  'paymentMethodId',
  'customerReference',
  'remark',
  'pricesIncludeTax',
  'discount',
  'contentHash',
]
const LINE = ['productId', 'description', 'unit', 'quantity', 'unitPrice', 'discount', 'vatRate', 'net', 'tax', 'amount']

function headOf({ content, amounts, contentHash }: OrderToSave): Row {
  const { lines: _, terms, ...head } = content
  return {
    ...head,
    terms: terms ?? {},
    net: amounts.net,
    tax: amounts.tax,
    amount: amounts.gross,
    amountBase: amounts.amountBase,
    contentHash,
  }
}

function linesOf({ id, content, amounts }: OrderToSave): (Row & { lineNo: number })[] {
  return content.lines.map((line, index) => {
    const { net, tax, gross } = amounts.lines[index]!
    return { orderId: id, lineNo: index + 1, ...line, net, tax, amount: gross }
  })
}
