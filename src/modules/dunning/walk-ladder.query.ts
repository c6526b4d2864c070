import { addDays, type Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { nextWorkingDay, restDayName } from '../terms/calendar.ts'
import type { LadderContent } from './ladder.ts'
import { levelDay, plannedDay } from './level-day.ts'

type Walked = {
  readonly id: string
  readonly no: string
  readonly customerName: string
  readonly currency: string
  readonly open: bigint
  readonly dueOn: Day
}

/**
 * 以一笔应收为例: on which day each level falls for one receivable, which rest day moved it, and when the last one is repeated first. Without a receivable or due day, the open receivable that has been overdue longest; today where
 * nothing is open. Throws platform.notFound.
 */
export async function walkLadder(
  reader: Reader,
  content: LadderContent,
  { receivableId, dueOn }: { readonly receivableId?: string | undefined; readonly dueOn?: Day | undefined },
) {
  const found = dueOn === undefined || receivableId !== undefined ? await receivableToWalk(reader, receivableId) : undefined
  const due = dueOn ?? found?.dueOn ?? reader.today
  const calendar = (await companyCalendars(reader))('cn')
  return {
    receivable: found === undefined ? null : { ...found, open: formatMinor(found.open, found.currency) },
    dueOn: due,
    steps: content.levels.map((level) => {
      const plannedOn = plannedDay(level, due)
      const onDay = levelDay(level, due, calendar)
      return {
        position: level.position,
        name: level.name,
        plannedOn,
        onDay,
        moved: onDay === plannedOn ? null : onDay < plannedOn ? ('earlier' as const) : ('later' as const),
        restDay: restDayName(calendar, plannedOn) ?? null,
        isOver: onDay < reader.today,
        againOn: level.repeat === null ? null : nextWorkingDay(calendar, addDays(onDay, level.repeat.everyDays)),
      }
    }),
  }
}

async function receivableToWalk(reader: Reader, id: string | undefined): Promise<Walked | undefined> {
  const t = reader.caller.tenantId
  const wanted = id === undefined ? sql`r.open <> 0 and not r.disputed` : sql`r.id = ${id}`
  const found =
    await reader.maybe<Walked>(sql`select r.id, coalesce(n.series || '-' || ar.no_text(n.no), '') as no, c.name as customer_name, r.currency, r.open, r.due_on
    from (select r.id, r.customer_id, r.currency, r.open, r.due_on from ar.receivables r where r.tenant_id = ${t} and ${wanted} order by r.due_on, r.id limit 1) r
    join ar.customers c on c.tenant_id = ${t} and c.id = r.customer_id left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = r.id`)
  if (found === undefined && id !== undefined) throw missing('receivable')
  return found
}
