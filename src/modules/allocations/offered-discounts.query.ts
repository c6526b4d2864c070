import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type OfferedDiscount, offeredDiscount } from './decide-adjustments.ts'
import { discountsTaken } from './discounts-taken.query.ts'

/** The early-payment discount that money of `receivedOn` could still earn on the open items of the receipt's customer family, by receivable; nothing where none was agreed. */
export async function offeredDiscounts(
  reader: Reader,
  receivableIds: readonly string[],
  receivedOn: Day,
): Promise<Map<string, OfferedDiscount>> {
  const { tenantId } = reader.caller
  const [rows, taken] = await Promise.all([
    reader.all<{ id: string; currency: string; amount: bigint; open: bigint; issuedOn: Day; terms: unknown; net: bigint }>(
      sql`select r.id, r.currency, r.amount, r.open, r.issued_on, r.terms,
        (select sum(l.net) from ar.receivable_lines l where l.tenant_id = ${tenantId} and l.receivable_id = r.id)::bigint as net
      from ar.receivables r where r.tenant_id = ${tenantId} and r.id = any(${receivableIds}::uuid[]) and r.terms -> 'earlyPaymentDiscount' is not null`,
    ),
    discountsTaken(reader, receivableIds),
  ])
  return new Map(
    rows.flatMap(({ id, net, ...item }) => {
      const offered = offeredDiscount({ ...item, lines: [{ net }] }, taken.get(id) ?? 0n, receivedOn)
      return offered ? [[id, offered] as const] : []
    }),
  )
}
