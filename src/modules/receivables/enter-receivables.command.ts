import { type Issue, Problem } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { announce } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import { openReceivables } from './open-receivables.command.ts'
import { receivableFacts } from './receivable-facts.query.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'
import { judgeReceivable, type WantedReceivable } from './wanted-receivable.ts'

/**
 * Opens receivables as a person or a file says them: by hand, or as opening balances. All or none: throws receivables.invalid, naming every wrong field as
 * `receivables.<index>.<field>`. Returns the ids in the order given.
 */
export async function enterReceivables(
  tx: Tx,
  wanted: readonly WantedReceivable[],
  options: { readonly bulk?: boolean } = {},
): Promise<string[]> {
  announce(tx, 'receivables.opened')
  await lockNamedOrders(tx, wanted)
  const { toOpen, issues } = await judgeReceivables(tx, wanted)
  if (issues.length > 0) {
    const named = issues.map(({ line, path, ...issue }) => ({ ...issue, path: `receivables.${line}.${path}` }))
    throw new Problem('receivables.invalid', { count: issues.length }, { issues: named.slice(0, 100) })
  }
  refuseMergedMeanwhile(tx, toOpen)
  return openReceivables(tx, toOpen, options)
}

/** A merge that ended while this waited for the credit accounts: the save fails, and the next attempt sees the customer merged. */
function refuseMergedMeanwhile(tx: Tx, toOpen: readonly ReceivableToOpen[]): void {
  const ids = [...new Set(toOpen.map((one) => one.customerId))]
  tx.check(`select 1 from ar.customers c where c.tenant_id = $1 and c.id = any({0}::uuid[]) and c.status <> 'merged'`, [ids], ids.length)
}

/** Whoever opens what is missing of an order, or delivers it, waits here for the other: each then sees what the other opened. */
async function lockNamedOrders(tx: Tx, wanted: readonly WantedReceivable[]): Promise<void> {
  const ids = wanted.flatMap(({ orderId }) => orderId ?? [])
  if (ids.length === 0) return
  await tx.all(
    sql`select o.id from ar.orders o where o.tenant_id = ${tx.caller.tenantId} and o.id = any(${ids}::uuid[]) order by o.id for no key update`,
  )
}

/** What would be opened, and what is wrong with the rest: `line` is the place in the list, `path` the field. For previews and dry runs. */
async function judgeReceivables(
  reader: Reader,
  wanted: readonly WantedReceivable[],
): Promise<{ toOpen: ReceivableToOpen[]; issues: (Issue & { readonly line: number })[] }> {
  const read = await receivableFacts(reader, wanted)
  const orders = new Map(read.orders)
  const facts = { ...read, orders }
  const toOpen: ReceivableToOpen[] = []
  const issues: (Issue & { readonly line: number })[] = []
  const seen = new Map<string, number>()
  wanted.forEach((one, line) => {
    const judged = judgeReceivable(one, facts)
    const own = 'issues' in judged ? [...judged.issues] : []
    const before = one.sourceNo ? seen.get(one.sourceNo) : undefined
    if (before !== undefined)
      own.push({ path: 'sourceNo', code: 'receivables.sourceNoTwice', params: { sourceNo: one.sourceNo!, line: before + 1 } })
    else if (one.sourceNo) seen.set(one.sourceNo, line)
    if ('toOpen' in judged && own.length === 0) {
      toOpen.push(judged.toOpen)
      const order = orders.get(one.orderId ?? '')
      if (order)
        orders.set(order.id, { ...order, left: judged.toOpen.lines.reduce((left, line) => left - line.net - line.tax, order.left) })
    }
    issues.push(...own.map((issue) => ({ ...issue, line })))
  })
  return { toOpen, issues }
}
