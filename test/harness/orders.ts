import { uuid } from '../../src/kernel/uuid.ts'
import type { PaymentTerms } from '../../src/modules/terms/payment-terms.ts'
import { termsPresets } from '../../src/modules/terms/terms-presets.ts'
import { sql } from '../../src/platform/sql.ts'
import type { Person, Reply, TestApp, TestCompany } from './app.ts'

/** What orders need: terms, a product, customers with credit accounts. Amounts in yuan. */
export type OrderWorld = {
  readonly termsId: string
  readonly productId: string
  customer(more?: CustomerMore): Promise<string>
  order(by: Person, customerId: string, yuan: number | string, more?: object): Promise<string>
  submit(by: Person, id: string, version?: number): Promise<Reply>
  /** The order as the auditor reads it. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
  read(id: string): Promise<any>
  /** What the customer's credit account counts. */
  account(customerId: string): Promise<{ ordersBase: bigint; receivablesBase: bigint }>
  /** Decides what waits for the order. */
  decide(by: Person, id: string, decision?: string, reason?: string): Promise<Reply>
}
type CustomerMore = {
  readonly limit?: number
  readonly parent?: string
  readonly salespersonId?: string | null
  readonly terms?: string
  readonly ancestors?: readonly string[]
}

export async function orderWorld(app: TestApp, company: TestCompany): Promise<OrderWorld> {
  const termsId = await addTerms(app, company, termsPresets.daysAfterDelivery(30))
  const productId = uuid()
  await app.db.transaction(company.system, async (tx) =>
    tx.insert('products', [
      { id: productId, code: `P-${productId.slice(-6)}`, name: '高速电主轴', unit: '台', price: '100', vatRate: '0.13' },
    ]),
  )
  const read = async (id: string) => (await company.people.auditor.get(`/api/orders/${id}`)).body
  return {
    termsId,
    productId,
    customer: (more = {}) => addCustomer(app, company, termsId, more),
    order: async (by, customerId, yuan, more = {}) => {
      const answer = await by.post('/api/orders', {
        customerId,
        deliveryOn: '2026-11-28',
        lines: [{ productId, quantity: '1', unitPrice: String(yuan) }],
        ...more,
      })
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      return answer.body.id
    },
    submit: (by, id, version = 1) => by.post('/api/orders/submissions', { orders: [{ id, version }] }),
    read,
    account: (id) =>
      app.db.read(company.system, (reader) =>
        reader.one<{ ordersBase: bigint; receivablesBase: bigint }>(
          sql`select a.orders_base, a.receivables_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
        ),
      ),
    decide: async (by, id, decision = 'approved', reason = 'ok') => {
      const { pendingRequest } = await read(id)
      return by.post('/api/approvals/decisions', {
        decisions: [{ id: pendingRequest.id, version: pendingRequest.version, decision, reason }],
      })
    },
  }
}

export async function addTerms(app: TestApp, company: TestCompany, definition: PaymentTerms): Promise<string> {
  const id = uuid()
  await app.db.transaction(company.system, async (tx) =>
    tx.insert('payment_terms', [{ id, code: id.slice(-8), name: '货到 30 天', definition }]),
  )
  return id
}

async function addCustomer(
  app: TestApp,
  company: TestCompany,
  termsId: string,
  { limit, parent, salespersonId = company.people.salesperson.caller.actorId, terms = termsId, ancestors = [] }: CustomerMore,
): Promise<string> {
  const id = uuid()
  await app.db.transaction(company.system, async (tx) => {
    tx.insert('customers', [
      {
        id,
        code: `C-${id.slice(-10)}`,
        name: `客户 ${id.slice(-6)}`,
        exactKey: id,
        looseKey: id,
        parentId: parent ?? null,
        salespersonId,
        termsId: terms,
      },
    ])
    tx.insert('credit_accounts', [
      { customerId: id, ancestors: [...ancestors, id], limitBase: limit === undefined ? null : BigInt(limit) * 100n },
    ])
  })
  return id
}
