import type { Command } from './command.ts'
import { customerByCode } from './customer-by-code.ts'
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
    const code = values['customer'] as string | undefined
    const query = {
      status: 'open',
      limit: '200',
      customerId: code === undefined ? undefined : await customerByCode(api, code),
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
