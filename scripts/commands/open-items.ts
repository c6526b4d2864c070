import { type ApiClient, ApiRefused } from './api-client.ts'
import type { Command } from './command.ts'
import { tableLines } from './table-lines.ts'

type Row = {
  no: string
  customerName: string
  sourceNo: string | null
  reference: string | null
  currency: string
  amount: string
  open: string
  issuedOn: string
  dueOn: string
  overdueDays: number
}
type Page = {
  asOf: string
  items: Row[]
  nextCursor: string | null
  sums: { currency: string; count: number; open: string; overdue: string }[]
}

/** Receivables with something still open, oldest due first. */
export const openItemsCommand: Command = {
  name: 'open-items',
  summary: 'receivables that are still open, oldest due first, with their sums',
  args: [],
  needsKey: true,
  options: {
    customer: { value: 'CODE', meaning: 'of this customer only: its code' },
    search: { value: 'TEXT', meaning: 'only those whose number, reference or customer holds this' },
  },
  run: async ({ values, api }) => {
    const query = {
      status: 'open',
      limit: '200',
      customerId: await customerId(api, values['customer'] as string | undefined),
      search: values['search'] as string | undefined,
    }
    const first = await api.get<Page>('/api/receivables', query)
    const items = [...first.items]
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await api.get<Page>('/api/receivables', { ...query, cursor, sums: 'without' })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    const rows = items.map((row) => [
      row.no,
      row.sourceNo ?? '',
      row.customerName,
      row.reference ?? '',
      row.issuedOn,
      row.dueOn,
      String(row.overdueDays),
      row.currency,
      row.amount,
      row.open,
    ])
    return {
      lines: [
        ...tableLines([['no', 'sourceNo', 'customer', 'reference', 'issued', 'due', 'overdue', '', 'amount', 'open'], ...rows]),
        ...first.sums.map((sum) => `${sum.currency}: ${sum.count} open, ${sum.open}, overdue ${sum.overdue}`),
      ],
      data: { asOf: first.asOf, items, sums: first.sums },
    }
  },
}

async function customerId(api: ApiClient, code: string | undefined): Promise<string | undefined> {
  if (code === undefined) return undefined
  const { items } = await api.get<{ items: { id: string; code: string }[] }>('/api/customers/choices', { q: code })
  const found = items.find((customer) => customer.code === code)
  if (found === undefined) throw new ApiRefused(`There is no customer with the code ${code}.`, 404)
  return found.id
}
