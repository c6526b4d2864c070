import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { walkLadder } from '../../../modules/dunning/ladders.api.ts'
import { listReceivables } from '../../../modules/receivables/receivables.api.ts'
import { type Answer, call } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DayText } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'
import { actionSentence } from './action-chips.tsx'
import { type EditedLevel, shown } from './ladder-draft.ts'
import { draftIssues } from './levels-panel.tsx'
import type { LadderDraft } from './use-ladder-draft.ts'

type Walk = Answer<typeof walkLadder>
/** The largest open receivables, one after the other. */
const EXAMPLES = 12

/** 以一笔应收为例: one real receivable walks through the draft as it stands, with the rest days that move its days. */
export function ExamplePanel({ draft, currency }: { draft: LadderDraft; currency: string }) {
  const words = useWords('dunning')
  const { company } = useSession()
  const [index, setIndex] = useState(0)
  const examples = useApi(listReceivables, { query: { status: ['open', 'partly', 'overdue', 'notDue'], sort: '-open', limit: EXAMPLES, sums: 'without' } }) // biome-ignore format: one question
  const items = examples.data?.items ?? []
  const example = items[index % Math.max(1, items.length)]
  const isWrong = draftIssues(draft, currency).length > 0
  const body = {
    levels: shown(draft.levels),
    leastDaysBetween: draft.leastDaysBetween,
    ...(example ? { receivableId: example.id } : { dueOn: company.today as never }),
  }
  const walk = useQuery<Walk, ApiProblem>({
    queryKey: [walkLadder.path, body],
    queryFn: ({ signal }) => call(walkLadder, { body, signal }),
    placeholderData: keepPreviousData,
    enabled: !isWrong && (examples.data !== undefined || examples.error !== null),
    retry: false,
  })
  const said = walk.data?.receivable
  const sub = said
    ? words('example.of', {
        no: said.no,
        customer: said.customerName,
        amount: `${formatDecimal(said.open)} ${said.currency}`,
        day: said.dueOn,
      })
    : words('example.dueToday')
  return (
    <Panel
      title={words('example.title')}
      sub={sub}
      extra={
        items.length > 1 ? (
          <Button type="link" size="small" onClick={() => setIndex(index + 1)}>
            {words('example.another')}
          </Button>
        ) : undefined
      }
    >
      {isWrong ? (
        <p className="secondary">{words('example.wrong')}</p>
      ) : (
        <Loaded query={walk} rows={3}>
          {({ steps }) => (
            <ol className="dunning-walk">
              {steps.map((step) => (
                <WalkStep key={step.position} step={step} level={draft.levels[step.position - 1]} words={words} today={company.today} />
              ))}
            </ol>
          )}
        </Loaded>
      )}
    </Panel>
  )
}

function WalkStep({
  step,
  level,
  words,
  today,
}: {
  step: Walk['steps'][number]
  level: EditedLevel | undefined
  words: Words
  today: string
}) {
  return (
    <li className={step.isOver ? 'is-over' : ''}>
      <b>
        <DayText value={step.onDay} short today={today} />
      </b>
      <div>{(level?.actions ?? []).map((action) => actionSentence(action, words)).join(words('shared:join.names')) || step.name}</div>
      <div className="small muted">
        {moveSentence(step, words, today)}
        {step.againOn === null ? null : <div>{words('example.again', { day: shortDay(step.againOn, today) })}</div>}
      </div>
    </li>
  )
}

/** 10-11 是周日，顺延; a step whose day is over and one still to come say so. */
function moveSentence(step: Walk['steps'][number], words: Words, today: string): string {
  if (step.moved === null) return words(step.isOver ? 'example.over' : 'example.ifOpen')
  const day = shortDay(step.plannedOn, today)
  const rest = restOf(step, words)
  return words(step.moved === 'earlier' ? 'example.earlier' : 'example.later', { day, rest })
}
function restOf({ restDay, plannedOn }: Walk['steps'][number], words: Words): string {
  if (restDay === 'weekend' || restDay === null) return words(`example.weekdays.${weekdayOf(plannedOn)}`)
  return restDay === 'holiday' ? words('runs.holiday') : restDay
}
function shortDay(day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day
}
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}
