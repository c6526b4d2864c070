/**
 * What a company should be worth after any sequence of commands, kept in memory with whole cents and nothing of the program's: no rule, no money and no table of it is imported here.
 */
export type Cents = bigint

export type Currency = 'CNY' | 'USD'

export type Customer = {
  readonly id: string
  /** The customer that it belongs to, in a group of up to three levels. */
  readonly parent: Customer | undefined
  limit: Cents | undefined
  onHold: boolean
  mergedInto: Customer | undefined
}
export type Order = {
  readonly id: string
  readonly maker: string
  customer: Customer
  submitter: string | undefined
  quantity: bigint
  price: Cents
  status: 'draft' | 'submitted' | 'approved' | 'partlyDelivered' | 'delivered' | 'completed' | 'rejected' | 'cancelled'
  opens: 'approved' | 'delivered' | undefined
  delivered: bigint
  /** Moved to another customer since it was submitted: what was asked for is not what exists now. */
  movedSinceSubmitted: boolean
  receivables: Receivable[]
}
export type Receivable = {
  readonly id: string
  readonly currency: Currency
  readonly amount: Cents
  /** The amount in base currency. */
  readonly base: Cents
  readonly tax: Cents
  readonly bookedOn: string
  customer: Customer
  issuedOn: string
  dueOn: string
  open: Cents
  openBase: Cents
  disputed: boolean
  voided: boolean
}
export type Receipt = {
  readonly id: string
  readonly maker: string
  readonly currency: Currency
  readonly amount: Cents
  readonly base: Cents
  readonly fee: Cents
  readonly receivedOn: string
  customer: Customer | undefined
  /** It was confirmed before anybody knew whose it was. */
  status: 'draft' | 'confirmed' | 'reversed' | 'cancelled'
  allocated: Cents
  allocatedBase: Cents
}
export type Allocation = {
  readonly id: string
  readonly receipt: Receipt
  readonly receivable: Receivable
  readonly amount: Cents
  /** What the receivable and the receipt lost of their worth in base currency: the difference is the exchange's. */
  readonly settledBase: Cents
  readonly usedBase: Cents
  /** What was closed beside the money, because it was so little. */
  readonly gaveUp: Cents
  readonly gaveUpBase: Cents
  reversed: boolean
}
export type Merge = {
  readonly id: string
  readonly from: Customer
  readonly into: Customer
  readonly orders: Set<Order>
  readonly receivables: Set<Receivable>
  readonly receipts: Set<Receipt>
  undone: boolean
}

/** What is true of the whole company, over all sequences that were run in it. */
export type Company = {
  today: string
  opensOn: 'approved' | 'delivered'
  onConfirmation: 'off' | 'oldest' | 'statutory'
  /** The last closed month, as 202609; 0 when none is. */
  closedThrough: number
  readonly ledger: { readonly day: string; readonly cents: Cents }[]
  readonly book: { readonly day: string; readonly account: string; readonly cents: Cents }[]
}

export class Model {
  readonly company: Company
  readonly customers: Customer[] = []
  readonly orders: Order[] = []
  readonly receivables: Receivable[] = []
  readonly receipts: Receipt[] = []
  readonly allocations: Allocation[] = []
  readonly merges: Merge[] = []
  constructor(company: Company) {
    this.company = company
  }

  isClosed(day: string): boolean {
    return monthOf(day) <= this.company.closedThrough
  }
  orderAmount(order: Order): Cents {
    return order.quantity * order.price
  }
  /** What the customer and everybody below it owe, and what is promised to be delivered to them. */
  exposure(customer: Customer): Cents {
    const isBelow = (one: { customer: Customer }): boolean => pathOf(one.customer).includes(customer)
    const owed = this.receivables.filter(isBelow).reduce((sum, one) => sum + one.openBase, 0n)
    return this.orders.filter(isBelow).reduce((sum, one) => sum + reserved(one), owed)
  }
  isHeld(order: Order): boolean {
    const path = pathOf(order.customer)
    const amount = this.orderAmount(order)
    if (path.some(({ onHold }) => onHold)) return true
    return amount > 0n && path.some((one) => one.limit !== undefined && this.exposure(one) + amount > one.limit)
  }
  hasMembers(customer: Customer): boolean {
    return this.customers.some((one) => one.parent === customer && one.mergedInto === undefined)
  }
  left(receipt: Receipt): Cents {
    return receipt.amount - receipt.allocated
  }

  openReceivable(one: Omit<Receivable, 'open' | 'openBase' | 'disputed' | 'voided'>): Receivable {
    const receivable = { ...one, open: one.amount, openBase: one.base, disputed: false, voided: false }
    this.receivables.push(receivable)
    this.enter(one.bookedOn, one.base)
    this.post(one.bookedOn, { '1122': one.base, '6001': one.tax - one.base, '222102': -one.tax })
    return receivable
  }
  void(receivable: Receivable): void {
    const { base, tax } = receivable
    receivable.voided = true
    receivable.open = 0n
    receivable.openBase = 0n
    this.enter(this.company.today, -base)
    this.post(this.company.today, { '1122': -base, '6001': base - tax, '222102': tax })
  }
  confirm(receipt: Receipt): void {
    receipt.status = 'confirmed'
    this.postReceipt(receipt, receipt.receivedOn, 1n)
  }
  reverseReceipt(receipt: Receipt): void {
    receipt.status = 'reversed'
    this.postReceipt(receipt, this.company.today, -1n)
  }
  identify(receipt: Receipt, customer: Customer): void {
    receipt.customer = customer
    this.post(this.company.today, { '2241': receipt.base, '2203': -receipt.base })
  }
  /** `gaveUp`: what is left open after it and closed with it. */
  allocate(id: string, receipt: Receipt, receivable: Receivable, amount: Cents, gaveUp = 0n): void {
    const settledBase = shareOf(receivable.openBase, amount, receivable.open)
    const usedBase = shareOf(receipt.base - receipt.allocatedBase, amount, this.left(receipt))
    const gaveUpBase = gaveUp === 0n ? 0n : receivable.openBase - settledBase
    const made = { id, receipt, receivable, amount, settledBase, usedBase, gaveUp, gaveUpBase, reversed: false }
    this.allocations.push(made)
    this.settle(made, 1n)
  }
  /** Undone, and whatever comes open again of a merged customer follows it. */
  reverse(allocations: readonly Allocation[]): void {
    for (const one of allocations) {
      one.reversed = true
      this.settle(one, -1n)
    }
    for (const { receivable, receipt } of allocations) {
      follow(this.merges, receivable.customer, (merge, end) => {
        receivable.customer = end
        merge.receivables.add(receivable)
      })
      follow(this.merges, receipt.customer!, (merge, end) => {
        receipt.customer = end
        merge.receipts.add(receipt)
      })
    }
  }
  merge(id: string, from: Customer, into: Customer): void {
    const orders = this.orders.filter((one) => one.customer === from && !isOver(one))
    const receivables = this.receivables.filter((one) => one.customer === from && one.open > 0n)
    const receipts = this.receipts.filter((one) => one.customer === from && this.isOpenReceipt(one))
    this.merges.push({
      id,
      from,
      into,
      orders: new Set(orders),
      receivables: new Set(receivables),
      receipts: new Set(receipts),
      undone: false,
    })
    from.mergedInto = into
    for (const one of [...receivables, ...receipts]) one.customer = into
    for (const one of orders) moveOrder(one, into)
  }
  unmerge(merge: Merge): void {
    const { from, into } = merge
    merge.undone = true
    from.mergedInto = undefined
    for (const one of merge.orders) if (one.customer === into && !isOver(one)) moveOrder(one, from)
    for (const one of merge.receivables) if (one.customer === into && one.open > 0n) one.customer = from
    for (const one of merge.receipts) if (one.customer === into && this.isOpenReceipt(one)) one.customer = from
  }

  private isOpenReceipt(receipt: Receipt): boolean {
    return receipt.status === 'draft' || (receipt.status === 'confirmed' && this.left(receipt) > 0n)
  }
  private settle({ receipt, receivable, amount, settledBase, usedBase, gaveUp, gaveUpBase }: Allocation, sign: 1n | -1n): void {
    receipt.allocated += sign * amount
    receipt.allocatedBase += sign * usedBase
    receivable.open -= sign * (amount + gaveUp)
    const lessOwed = sign * (settledBase + gaveUpBase)
    receivable.openBase -= lessOwed
    this.enter(this.company.today, -lessOwed)
    const exchange = sign * (settledBase - usedBase)
    this.post(this.company.today, { '2203': sign * usedBase, '1122': -lessOwed, '6061': exchange, '6603': sign * gaveUpBase })
  }
  private postReceipt({ base, fee, customer }: Receipt, day: string, sign: 1n | -1n): void {
    this.post(day, { '1002': sign * (base - fee), '6603': sign * fee, [customer ? '2203' : '2241']: -sign * base })
  }
  private enter(day: string, cents: Cents): void {
    this.company.ledger.push({ day, cents })
  }
  private post(day: string, amounts: Readonly<Record<string, Cents>>): void {
    for (const [account, cents] of Object.entries(amounts)) this.company.book.push({ day, account, cents })
  }
}

/** The customer and everybody above it. */
export function pathOf(customer: Customer): Customer[] {
  return customer.parent ? [customer, ...pathOf(customer.parent)] : [customer]
}
/** The part of a worth that goes with a part of its amount, rounded half up; all of it with the last. */
export function shareOf(worth: Cents, part: Cents, whole: Cents): Cents {
  return part === whole ? worth : (2n * worth * part + whole) / (2n * whole)
}
export function reserved(order: Order): Cents {
  const isUnderWay = order.status === 'approved' || order.status === 'partlyDelivered'
  return isUnderWay && order.opens === 'delivered' ? (order.quantity - order.delivered) * order.price : 0n
}
export function isOver({ status }: Order): boolean {
  return status === 'completed' || status === 'cancelled'
}
export function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7))
}
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
export function textOf(cents: Cents): string {
  const sign = cents < 0n ? '-' : ''
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function moveOrder(order: Order, to: Customer): void {
  order.customer = to
  order.movedSinceSubmitted = true
}

/** Where a merged customer's documents go: to the end of the merges. Every merge on the way remembers what went along. */
function follow(merges: readonly Merge[], from: Customer, go: (merge: Merge, end: Customer) => void): void {
  if (from.mergedInto === undefined) return
  let end: Customer = from
  const way: Merge[] = []
  while (end.mergedInto !== undefined) {
    const at = end
    way.push(merges.find((one) => one.from === at && !one.undone)!)
    end = at.mergedInto!
  }
  for (const merge of way) go(merge, end)
}
