import { Amount } from '../../ui/amount.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useWords } from '../../words.ts'
import type { Overview } from './customer-page.tsx'

/** 付款习惯 of the last twelve months, weighted by amount. */
export function HabitPanel({ overview: { habit, expectedNext } }: { overview: Overview }) {
  const words = useWords('customers')
  if (!habit)
    return (
      <Panel title={words('habit.title')}>
        <p className="secondary">{words('habit.none')}</p>
      </Panel>
    )
  const late = habit.averageDaysLate
  const next = expectedNext ? (
    <>
      <DayText value={expectedNext.on} />
      {expectedNext.passedDays > 0 ? (
        <span className="danger"> {words('receivables:expectedPassed', { count: expectedNext.passedDays })}</span>
      ) : null}
      <br />
      <Amount value={expectedNext.amount} />
    </>
  ) : undefined
  return (
    <Panel title={words('habit.title')} sub={words('habit.sub', { count: habit.count })}>
      <KeyValues
        spread
        rows={[
          [
            words(late < 0 ? 'habit.averageEarly' : 'habit.averageLate'),
            <span key="average" className="row habit-average">
              <Sparkline values={habit.months.map((month) => month.daysLate)} danger={late > 0} />
              <b>{words('shared:days', { count: Math.abs(late) })}</b>
            </span>,
          ],
          [
            words('habit.usual'),
            habit.usualDaysLate === null
              ? words('habit.usualUnknown')
              : words('habit.usualOf', { days: words('shared:days', { count: Math.max(0, habit.usualDaysLate) }), count: habit.count }),
          ],
          [words('habit.onTime'), words('habit.onTimeOf', { onTime: habit.onTime, count: habit.count })],
          [words('habit.worst'), habit.worstDaysLate > 0 ? words('shared:days', { count: habit.worstDaysLate }) : undefined],
          [words('habit.payDay'), habit.usualPayDay === null ? undefined : words('habit.payDayOf', { day: habit.usualPayDay })],
          [words('habit.method'), habit.usualMethod ?? undefined],
          [
            words('habit.trend'),
            habit.trendDays === null || habit.trendDays === 0
              ? undefined
              : words(habit.trendDays > 0 ? 'habit.slower' : 'habit.faster', { count: Math.abs(habit.trendDays) }),
          ],
          [words('habit.next'), next],
        ]}
      />
    </Panel>
  )
}
