import { expect } from 'vitest'
import { type Model, monthOf, pathOf, plusDays } from './model.ts'
import { actorFor, chosen, type Kind, send, versionOf } from './system.ts'

/** Merges, months, the clock, and asking twice. */
export const books: Readonly<Record<string, Kind>> = {
  mergeCustomers: {
    ready: (model) => model.customers.length > 1,
    run: async (model, system, [a, b, c]) => {
      const active = model.customers.filter((one) => one.mergedInto === undefined)
      const from = chosen(b! % 7 > 0 && active.length > 0 ? active : model.customers, a!)
      const into = chosen(model.customers, c!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isGroup = model.hasMembers(from) || pathOf(from).includes(into)
      const isFine = actor.mayDo && !isGroup && from.mergedInto === undefined && into.mergedInto === undefined
      const body = { fromId: from.id, fromVersion: await versionOf(system, 'customers', from.id), intoId: into.id, reason: 'model' }
      const reply = await send(system, actor, '/api/customers/merges', body, isFine ? 'done' : 'refused')
      if (isFine) model.merge(reply.body.id, from, into)
    },
  },
  undoMerge: {
    ready: (model) => model.merges.length > 0,
    run: async (model, system, [a, b]) => {
      const merge = chosen(model.merges, a!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && !merge.undone && merge.into.mergedInto === undefined
      const body = { version: await versionOf(system, 'customer_merges', merge.id) }
      await send(system, actor, `/api/customers/merges/${merge.id}/undo`, body, isFine ? 'done' : 'refused')
      if (isFine) model.unmerge(merge)
    },
  },
  closeMonth: {
    ready: () => true,
    run: async (model, system, [a, b]) => {
      const month = nextMonth(model)
      const actor = actorFor(system, 'managesFinance', b!)
      const isFine = actor.mayDo && month < monthOf(model.company.today) && a! % 3 === 0
      if (!isFine && actor.mayDo && month < monthOf(model.company.today)) return
      await send(
        system,
        actor,
        `/api/periods/${month}/closing`,
        { version: await periodVersion(system, month) },
        isFine ? 'done' : 'refused',
      )
      if (isFine) model.company.closedThrough = month
    },
  },
  reopenMonth: {
    ready: ({ company }) => company.closedThrough > 0,
    run: async (model, system, [, b]) => {
      const month = model.company.closedThrough
      const actor = actorFor(system, 'managesFinance', b!)
      const body = { version: await periodVersion(system, month), reason: 'model' }
      await send(system, actor, `/api/periods/${month}/reopening`, body, actor.mayDo ? 'done' : 'refused')
      if (actor.mayDo) model.company.closedThrough = month === FIRST_MONTH ? 0 : monthBefore(month)
    },
  },
  daysPass: {
    ready: () => true,
    run: async ({ company }, system, [a]) => {
      company.today = plusDays(company.today, 1 + (a! % 3))
      system.app.setNow(`${company.today}T02:00:00Z`)
    },
  },
  /** The same call with the same key: the same answer, and nothing else happens. */
  askAgain: {
    ready: () => true,
    run: async (_, system) => {
      if (!system.last) return
      const { person, path, body, key, reply } = system.last
      const again = await person.send('POST', path, body, { 'idempotency-key': key })
      expect([again.status, again.body]).toEqual([reply.status, reply.body])
    },
  },
}

/** The first month of the companies that the model lives in. */
export const FIRST_MONTH = 202609

function nextMonth({ company }: Model): number {
  const { closedThrough } = company
  if (closedThrough === 0) return FIRST_MONTH
  return closedThrough % 100 === 12 ? closedThrough + 89 : closedThrough + 1
}
function monthBefore(month: number): number {
  return month % 100 === 1 ? month - 89 : month - 1
}

async function periodVersion({ app, company }: Parameters<Kind['run']>[1], period: number): Promise<number> {
  const { rows } = await app.database.pool.query('select p.version from ar.periods p where p.tenant_id = $1 and p.period = $2', [
    company.tenantId,
    period,
  ])
  return rows[0].version
}
