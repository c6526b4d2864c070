/** 订单状态. What may follow what is data, so that the server, the buttons and the documentation say the same. */
export const orderStatuses = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'partlyDelivered',
  'delivered',
  'completed',
  'cancelled',
] as const
export type OrderStatus = (typeof orderStatuses)[number]
/** Who takes the next step of the approval that a submitted order waits for, as the reader sees it. */
export const orderDeciders = ['me', 'others'] as const
export type OrderDecider = (typeof orderDeciders)[number]
export const orderActions = [
  'submit',
  'approve',
  'reject',
  'withdraw',
  'revise',
  'deliverPart',
  'deliver',
  'undoDelivery',
  'complete',
  'cancel',
  'reopen',
] as const
export type OrderAction = (typeof orderActions)[number]

type Transition = { readonly from: readonly OrderStatus[]; readonly to: OrderStatus; readonly needsReason?: true }
export const orderTransitions: { readonly [action in OrderAction]: Transition } = {
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted'], to: 'rejected', needsReason: true },
  withdraw: { from: ['submitted'], to: 'draft' },
  revise: { from: ['rejected'], to: 'draft' },
  deliverPart: { from: ['approved', 'partlyDelivered'], to: 'partlyDelivered' },
  deliver: { from: ['approved', 'partlyDelivered'], to: 'delivered' },
  undoDelivery: { from: ['partlyDelivered', 'delivered'], to: 'approved', needsReason: true },
  complete: { from: ['delivered'], to: 'completed' },
  cancel: { from: ['draft', 'submitted', 'rejected', 'approved'], to: 'cancelled', needsReason: true },
  /** An approved order is changed by taking its approval back: every rise of exposure is checked anew. */
  reopen: { from: ['approved'], to: 'draft', needsReason: true },
}

export type TransitionAnswer =
  | { readonly ok: true; readonly to: OrderStatus }
  | { readonly ok: false; readonly code: 'orders.notInThisStatus' | 'orders.reasonMissing' }

/** May `action` be taken on an order in `status`, and where does it lead? `reason` is needed where somebody is told no. */
export function orderTransition(status: OrderStatus, action: OrderAction, reason = ''): TransitionAnswer {
  const { from, to, needsReason } = orderTransitions[action]
  if (!from.includes(status)) return { ok: false, code: 'orders.notInThisStatus' }
  return needsReason && reason.trim() === '' ? { ok: false, code: 'orders.reasonMissing' } : { ok: true, to }
}

/** The actions that the status allows: which buttons are there at all. */
export function allowedActions(status: OrderStatus): OrderAction[] {
  return orderActions.filter((action) => orderTransitions[action].from.includes(status))
}

/** Only these can be changed; anything later has been promised to somebody. */
export function isEditable(status: OrderStatus): boolean {
  return status === 'draft' || status === 'rejected'
}

/** 交货延迟: promised for before `asOf` and not wholly delivered. Days late, 0 when not late. */
export function lateDelivery(order: { readonly status: OrderStatus; readonly deliveryOn?: string | undefined }, asOf: string): boolean {
  return (order.status === 'approved' || order.status === 'partlyDelivered') && order.deliveryOn !== undefined && order.deliveryOn < asOf
}
