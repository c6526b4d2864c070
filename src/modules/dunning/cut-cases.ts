import { addDays } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { nextWorkingDay } from '../terms/calendar.ts'
import { collectorFor } from './colleagues.ts'
import type { DecideContext } from './decide-steps.ts'
import type { DueCustomer, OpenCase } from './due-customer.ts'
import type { NotPlanned, PlannedCase } from './plan.ts'
import type { CaseMove, NewTask } from './step-rows.ts'

/** Days that somebody has for looking at a case whose ladder has become shorter. */
const TASK_DAYS = 3

/** `said`: for the customer's timeline: the level reached, and the highest that the ladder has now. */
export type Cuts = {
  readonly moved: readonly (CaseMove & { readonly version: number })[]
  readonly tasks: readonly NewTask[]
  readonly said: readonly { readonly customerId: string; readonly level: number; readonly remaining: number }[]
}

/**
 * What is written down, once, of cases that have come further than their ladder has levels now, because it was shortened or the customer was merged into one with a shorter ladder: they go
 * on at the highest level that remains (repeated, where it may be), and whoever collects is told. The cases of `planned` are moved by their level and carry the day there. Pure.
 */
export function cutsOf(judged: readonly (PlannedCase | NotPlanned)[], { today, calendar, people, undone }: DecideContext): Cuts {
  const cut = judged.flatMap((one) => (isCutToday(one.customer.openCase) ? [{ one, openCase: one.customer.openCase }] : []))
  return {
    moved: cut
      .flatMap(({ one, openCase }) => ('reason' in one ? [moveOf(one.customer, openCase)] : []))
      .map((move) => ({ ...move, cutOn: today })),
    tasks: cut.flatMap(({ one: { customer }, openCase }): NewTask[] => {
      const person = collectorFor(people, customer.customerId, openCase.collectorId)
      if (person === undefined || undone.has(`${customer.customerId} dunningCut`)) return []
      const { name, code, customerId, version } = customer
      const params = { name, code, level: openCase.beyond.level, remaining: version.content.levels.length }
      return [
        { id: uuid(), kind: 'dunningCut', personId: person.id, customerId, sourceId: uuid(), dueOn: nextWorkingDay(calendar, addDays(today, TASK_DAYS)), params },
      ] // biome-ignore format: one line
    }),
    said: cut.map(({ one: { customer }, openCase }) => ({
      customerId: customer.customerId,
      level: openCase.beyond.level,
      remaining: customer.version.content.levels.length,
    })),
  }
}

type CutCase = OpenCase & { readonly beyond: NonNullable<OpenCase['beyond']> }
/** Found beyond the end of its ladder, and not said yet. */
export function isCutToday(openCase: OpenCase | null): openCase is CutCase {
  return openCase !== null && openCase.beyond !== null && openCase.cutOn === null
}

function moveOf({ version }: DueCustomer, { id, version: caseVersion, beyond, lastStepOn, highRisk, collectorId }: CutCase) {
  return { id, version: caseVersion, ...beyond, lastStepOn: lastStepOn!, highRisk, collectorId, ladderId: version.ladderId }
}
