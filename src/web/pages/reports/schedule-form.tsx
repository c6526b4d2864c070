import { Checkbox, Form, Input, Select } from 'antd'
import { getPeopleToChoose } from '../../../modules/people/people.api.ts'
import { cadences, periods } from '../../../modules/reports/report-schedules.api.ts'
import { useApi } from '../../queries.ts'
import { useWords } from '../../words.ts'
import type { Schedule } from './existing-schedules.tsx'

/** A schedule as the form has it. `withFilters`: with the filters of the page now, else with those that it has. */
export type ScheduleValues = {
  name: string
  cadence: (typeof cadences)[number]
  weekday: number
  date: number
  atHour: number
  period: (typeof periods)[number]
  people: string[]
  attach: boolean
  withFilters: boolean
}
const START = { cadence: 'weekly', weekday: 1, date: 1, atHour: 8, period: 'usual', people: [], attach: true } as const

/** What the form begins with: a weekly one, or the schedule that is changed. */
export function scheduleValues(title: string, changed: Schedule | undefined): Partial<ScheduleValues> {
  if (changed === undefined) return { ...START, people: [], name: title, withFilters: true }
  const { name, cadence, onDay, atHour, period, people, attach } = changed
  return { name, cadence, weekday: Math.min(onDay, 7), date: onDay, atHour, period, people, attach, withFilters: false }
}

/** Name, times, people; `isChange`: whether it is one that is there already. */
export function ScheduleFields({ withPeriod, isChange }: { withPeriod: boolean; isChange: boolean }) {
  const words = useWords('reports')
  return (
    <>
      <Form.Item name="name" label={words('schedule.name')} rules={[{ required: true, max: 60 }]}>
        <Input />
      </Form.Item>
      <TimeFields withPeriod={withPeriod} />
      <PeopleField />
      <Form.Item name="attach" valuePropName="checked">
        <Checkbox>{words('schedule.attach')}</Checkbox>
      </Form.Item>
      <Form.Item name="withFilters" valuePropName="checked" hidden={!isChange}>
        <Checkbox>{words('schedule.withFilters')}</Checkbox>
      </Form.Item>
    </>
  )
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour).padStart(2, '0')}:00` }))
const DATES = Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: String(index + 1) }))

function TimeFields({ withPeriod }: { withPeriod: boolean }) {
  const words = useWords('reports')
  const cadence = Form.useWatch('cadence') ?? START.cadence
  return (
    <div className="report-schedule-times">
      <Form.Item name="cadence" label={words('schedule.cadence')}>
        <Select options={cadences.map((value) => ({ value, label: words(`schedule.cadences.${value}`) }))} />
      </Form.Item>
      {cadence === 'weekly' ? (
        <Form.Item name="weekday" label={words('schedule.weekday')}>
          <Select options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: words(`schedule.weekdays.${value}`) }))} />
        </Form.Item>
      ) : null}
      {cadence === 'monthly' ? (
        <Form.Item name="date" label={words('schedule.date')}>
          <Select options={DATES} />
        </Form.Item>
      ) : null}
      <Form.Item name="atHour" label={words('schedule.hour')}>
        <Select options={HOURS} />
      </Form.Item>
      {withPeriod ? (
        <Form.Item name="period" label={words('schedule.period')}>
          <Select options={periods.map((value) => ({ value, label: words(`schedule.periods.${value}`) }))} />
        </Form.Item>
      ) : null}
    </div>
  )
}

function PeopleField() {
  const words = useWords('reports')
  const people = useApi(getPeopleToChoose)
  const chosen: readonly string[] = Form.useWatch('people') ?? []
  const options = (people.data?.items ?? []).filter(({ id, status }) => status === 'active' || chosen.includes(id))
  return (
    <Form.Item name="people" label={words('schedule.people')} rules={[{ required: true, type: 'array', min: 1, max: 50 }]}>
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        loading={people.isLoading}
        options={options.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}
