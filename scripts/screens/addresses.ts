import { pages } from '../../src/web/pages/index.ts'
import type { Visitor } from './visitor.ts'

/** Where a picture is taken: every page of the web app by name, with a document that exists where one is wanted, and some states beside. */
export async function addressesOf(wang: Visitor, chen: Visitor, ids: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const first = async (by: Visitor, path: string): Promise<string> => (await by.get(path)).items[0]?.id ?? 'none'
  const reportKeys: string[] = (await wang.get('/api/reports')).items.map((one: { key: string }) => one.key)
  const draft = await wang.upload(
    '/api/imports?kind=openItems',
    '新的余额表.csv',
    '客户名称,发票号,开票日期,到期日,未收余额,备注\n宁波甬江机电有限公司,FP-77,2026-09-01,2026-10-01,1200.00,旧账\n不认识的公司,FP-78,2026-09-01,2026-02-31,99.00,',
  )
  const documents: Record<string, string> = {
    '/approvals/$id': await first(chen, '/api/approvals?box=toDecide'),
    '/orders/$id': ids['approvedOrder']!,
    '/orders/$id/edit': ids['draftOrder']!,
    '/settings/products/$id': ids['pump']!,
    '/customers/$id': ids['C001']!,
    '/customers/$id/edit': ids['C001']!,
    '/receivables/$id': await first(chen, `/api/receivables?customerId=${ids['C001']}`),
    '/imports/$id': draft.id,
    '/receipts/$id': ids['receipt']!,
    '/receipts/$id/allocate': ids['openReceipt']!,
    '/dunning/cases/$id': await first(chen, '/api/dunning/cases'),
    '/dunning/ladders/$id': ids['ladder']!,
    '/dunning/runs/$id': ids['dunningRun']!,
    '/outbox/$id': await first(wang, '/api/messages'),
    '/vouchers/$id': await first(chen, '/api/vouchers'),
    '/settings/people/$id': await first(wang, '/api/people'),
  }
  const plain = pages
    .filter(({ bare }) => !bare)
    .map(({ path: { pattern } }) => {
      const path = pattern
        .replace('$kind', 'customers')
        .replace('$key', 'receipts')
        .replace('$id', documents[pattern] ?? 'none')
      return [nameOf(pattern), path] as const
    })
  return {
    ...Object.fromEntries(plain),
    'sign-in': '/sign-in',
    'order-held': `/orders/${ids['heldOrder']}`,
    'order-edit-held': `/orders/new?customerId=${ids['C002']}`,
    'receipt-draft': `/receipts/${ids['draftReceipt']}`,
    'receipt-unidentified': `/receipts/${ids['unknownReceipt']}`,
    'ageing-two': '/ageing?by=region&inner=customer',
    ...Object.fromEntries(reportKeys.map((key) => [`report-${key}`, `/reports/${key}`])),
    'not-found': '/nothing-here',
    'no-result': '/customers?q=zzzz',
  }
}

/** '/orders/$id/edit' → 'orders-one-edit', '/customers/$id' → 'customer'. */
function nameOf(pattern: string): string {
  if (pattern === '/') return 'home'
  if (pattern === '/customers/$id') return 'customer'
  return pattern.slice(1).replace('$id', 'one').replace('$kind', 'kind').replace('$key', 'one').replaceAll('/', '-')
}
