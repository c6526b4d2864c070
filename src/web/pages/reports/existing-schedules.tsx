import { Button } from 'antd'
import { endSchedule, listSchedules, tryScheduleOut } from '../../../modules/reports/report-schedules.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { Note } from '../../ui/note.tsx'
import { problemSentence, useWords, type Words } from '../../words.ts'

export type Schedule = Answer<typeof listSchedules>['items'][number]

/** The schedules of this report that the person made or gets: when they go next, what came of the last time, and what can be done with them. */
export function ExistingSchedules({ reportKey, onEdit }: { reportKey: string; onEdit: (schedule: Schedule) => void }) {
  const words = useWords('reports')
  const list = useApi(listSchedules)
  const items = (list.data?.items ?? []).filter(({ report }) => report === reportKey)
  return (
    <div className="report-schedules">
      <h3>{words('schedule.existing')}</h3>
      {list.data && items.length === 0 ? <p className="muted">{words('schedule.none')}</p> : null}
      <ul>
        {items.map((one) => (
          <ScheduleRow key={one.id} schedule={one} onEdit={() => onEdit(one)} />
        ))}
      </ul>
    </div>
  )
}

function ScheduleRow({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const words = useWords('reports')
  const end = useAction(endSchedule)
  const trial = useAction(tryScheduleOut)
  const { id, name, version, mayChange, nextOn, atHour } = schedule
  const problem = end.error ?? trial.error
  return (
    <li>
      <b>{name}</b>
      <div className="secondary small">{said(schedule, words)}</div>
      <div className="secondary small">{words('schedule.next', { day: nextOn, hour: hourText(atHour) })}</div>
      <div className="secondary small">{outcome(schedule, words)}</div>
      <div className="row wrap">
        <Button size="small" loading={trial.isPending} disabled={trial.isSuccess} onClick={() => trial.mutate({ params: { id } })}>
          {words('schedule.try')}
        </Button>
        {mayChange ? (
          <>
            <Button size="small" onClick={onEdit}>
              {words('schedule.edit')}
            </Button>
            <Button size="small" danger loading={end.isPending} onClick={() => end.mutate({ params: { id }, body: { version } })}>
              {words('schedule.end')}
            </Button>
          </>
        ) : null}
      </div>
      {trial.isSuccess ? <Note tone="success">{words('schedule.tried')}</Note> : null}
      {problem ? <Note tone="danger">{problemSentence(problem)}</Note> : null}
    </li>
  )
}

/** '每周 星期一 08:00 → 王敏, 陈晨 · 由…设定' */
function said({ cadence, onDay, atHour, peopleNames, createdByName }: Schedule, words: Words): string {
  const day =
    cadence === 'weekly' ? words(`schedule.weekdays.${onDay}`) : cadence === 'monthly' ? words('schedule.onDate', { date: onDay }) : ''
  const when = [words(`schedule.cadences.${cadence}`), day, hourText(atHour)].filter((part) => part !== '').join(' ')
  return `${when} → ${peopleNames.join(words('shared:join.names'))} · ${words('schedule.by', { name: createdByName })}`
}

/** '上次 2026-11-23：发给 2 人（已发出 2）；没有发给 陈晨（已离职）' */
function outcome({ last }: Schedule, words: Words): string {
  if (last === null) return words('schedule.never')
  if (!last.isDone) return words('schedule.running', { day: last.onDay })
  const states = Object.entries(last.messages).map(([status, count]) => `${words(`messages:statuses.${status}`)} ${count}`)
  const counted = states.length === 0 ? '' : words('shared:join.brackets', { text: states.join(words('shared:join.comma')) })
  const left = last.leftOut.map(
    ({ name, reason }) => `${name}${words('shared:join.brackets', { text: words(`schedule.leftOut.${reason}`) })}`,
  )
  return [
    `${words('schedule.last', { day: last.onDay, count: last.reached })}${counted}`,
    ...(left.length === 0 ? [] : [words('schedule.notTo', { names: left.join(words('shared:join.names')) })]),
  ].join(words('shared:join.comma'))
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
