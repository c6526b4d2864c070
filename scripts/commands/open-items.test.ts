import { expect, test } from 'vitest'
import type { ApiClient } from './api-client.ts'
import { openItemsCommand } from './open-items.ts'

test('open-items shows the number of the system a receivable comes from beside ours', async () => {
  const item = {
    no: 'AR-2610-0001',
    sourceNo: 'XS20260701',
    customerName: '上海华瑞',
    reference: null,
    currency: 'CNY',
    amount: '100.00',
    open: '60.00',
    issuedOn: '2026-07-01',
    dueOn: '2026-08-01',
    overdueDays: 9,
  }
  const items = [item, { ...item, no: 'AR-2610-0002', sourceNo: null, reference: 'HT-7' }]
  const api = { get: async () => ({ asOf: '2026-08-10', items, nextCursor: null, sums: [] }) } as unknown as ApiClient
  const { lines } = await openItemsCommand.run({ args: [], values: {}, config: {} as never, api, from: '', say: () => undefined })
  expect(lines.map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
    ['no', 'sourceNo', 'customer'],
    ['AR-2610-0001', 'XS20260701', '上海华瑞'],
    ['AR-2610-0002', '上海华瑞', 'HT-7'],
  ])
})
