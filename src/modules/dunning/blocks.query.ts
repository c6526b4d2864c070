import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, sql } from '../../platform/sql.ts'
import { isRunning } from './open-cases.query.ts'

type BlockRow = {
  readonly id: string
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly receivableId: string | null
  readonly receivableNo: string | null
  readonly untilOn: Day | null
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: Date
  readonly liftedBy: string | null
  readonly liftedAt: Date | null
  readonly liftReason: string | null
  readonly isRunning: boolean
  readonly version: number
}
export type BlockFilter = {
  readonly customerId?: string | undefined
  readonly receivableId?: string | undefined
  readonly running: boolean
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Where dunning is or was paused, newest first. */
export async function listBlocks(reader: Reader, { customerId, receivableId, running, cursor, limit }: BlockFilter) {
  const where = and(
    sql`b.tenant_id = ${reader.caller.tenantId}`,
    customerId === undefined ? undefined : sql`b.customer_id = ${customerId}`,
    receivableId === undefined ? undefined : sql`b.receivable_id = ${receivableId}`,
    running ? isRunning(reader.today) : undefined,
  )
  const after = cursor === undefined ? undefined : sql`b.id < ${readCursor(cursor, 1)[0]}::uuid`
  const [rows, { total }] = await Promise.all([
    reader.all<BlockRow>(sql`select b.id, b.customer_id, c.code as customer_code, c.name as customer_name, b.receivable_id, n.series || '-' || ar.no_text(n.no) as receivable_no, b.until_on, b.reason,
        coalesce(p.name, '') as placed_by, b.placed_at, l.name as lifted_by, b.lifted_at, b.lift_reason, ${isRunning(reader.today)} as is_running, b.version
      from ar.dunning_blocks b join ar.customers c on c.tenant_id = b.tenant_id and c.id = b.customer_id
      left join ar.document_numbers n on n.tenant_id = b.tenant_id and n.document_id = b.receivable_id
      left join ar.people p on p.tenant_id = b.tenant_id and p.id = b.placed_by left join ar.people l on l.tenant_id = b.tenant_id and l.id = b.lifted_by
      where ${and(where, after)} order by b.id desc limit ${limit + 1}`),
    reader.one<{ total: number }>(sql`select count(*)::int as total from ar.dunning_blocks b where ${where}`),
  ])
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id])
  return {
    items: items.map((row) => ({ ...row, placedAt: row.placedAt.toISOString(), liftedAt: row.liftedAt?.toISOString() ?? null })),
    nextCursor,
    total,
  }
}
