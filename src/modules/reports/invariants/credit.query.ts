import { sql } from '../../../platform/sql.ts'
import { creditCounterBreaks } from '../../credit/credit-proof.query.ts'
import type { Invariant } from './invariant.query.ts'

export const creditInvariants: readonly Invariant[] = [
  {
    id: 'I-31-counters',
    says: 'What credit accounts count is what the documents of the customer and of everyone below add up to',
    check: (reader) => creditCounterBreaks(reader),
  },
  {
    id: 'merges',
    says: 'A customer that was merged holds nothing open, and leads to one that exists',
    violations: (t) => sql`select c.id from ar.customers c left join ar.customers m on m.tenant_id = c.tenant_id and m.id = c.merged_into_id
        where c.tenant_id = ${t} and c.status = 'merged' and (m.id is null or m.id = c.id)
      union select r.customer_id from ar.receivables r join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id where r.tenant_id = ${t} and r.open <> 0 and c.status = 'merged'
      union select p.customer_id from ar.receipts p join ar.customers c on c.tenant_id = p.tenant_id and c.id = p.customer_id
        where p.tenant_id = ${t} and c.status = 'merged' and p.status = 'confirmed' and p.allocated + p.refunded < p.amount`,
  },
]
