import { Button } from 'antd'
import { endSchedule, listSchedules } from '../../../modules/reports/report-schedules.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { useWords, type Words } from '../../words.ts'

type Schedule = Answer<typeof listSchedules>['items'][number]

/** The schedules of this report that the person made or gets, each with the button that ends it. */
export function ExistingSchedules({ reportKey }: { reportKey: string }) {
  const words = useWords('reports')
  const { person } = useSession()
  const list = useApi(listSchedules)
  const end = useAction(endSchedule)
  const items = (list.data?.items ?? []).filter(({ report }) => report === reportKey)
  return (
    <div className="report-schedules">
      <h3>{words('schedule.existing')}</h3>
      {items.length === 0 ? <p className="muted">{words('schedule.none')}</p> : null}
      <ul>
        {items.map((one) => (
          <li key={one.id} className="row between">
            <span>
              <b>{one.name}</b>
              <span className="secondary small"> {said(one, words)}</span>
            </span>
            {one.mine || person.role === 'administrator' ? (
              <Button
                size="small"
                loading={end.isPending}
                onClick={() => end.mutate({ params: { id: one.id }, body: { version: one.version } })}
              >
                {words('schedule.end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** '每周 星期一 08:00 → 王敏, 陈晨 · 由…设定' */
function said({ cadence, onDay, atHour, peopleNames, createdByName }: Schedule, words: Words): string {
  const day = cadence === 'weekly' ? words(`schedule.weekdays.${onDay}`) : cadence === 'monthly' ? String(onDay) : ''
  const when = [words(`schedule.cadences.${cadence}`), day, `${String(atHour).padStart(2, '0')}:00`].filter((part) => part !== '').join(' ')
  return `${when} → ${peopleNames.join(words('shared:join.names'))} · ${words('schedule.by', { name: createdByName })}`
}
