import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

export async function deleteOverdueMonth(tx: Tx, monthOn: Day): Promise<void> {
  await tx.all(sql`delete from ar.overdue_reason_months m where m.tenant_id = ${tx.caller.tenantId} and m.month_on = ${monthOn}::date`)
}

export function insertOverdueMonth(
  tx: Tx,
  reasons: readonly { monthOn: Day; takenOn: Day; reason: string; count: number; amountBase: bigint }[],
): void {
  tx.insert('overdue_reason_months', reasons)
}
