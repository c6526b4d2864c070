import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd'
import { getPeopleToChoose } from '../../../modules/people/people.api.ts'
import { addSchedule, cadences, periods } from '../../../modules/reports/report-schedules.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { Note } from '../../ui/note.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { ExistingSchedules } from './existing-schedules.tsx'
import { type Report, type ReportValues, reportQuery } from './report-question.ts'

type Values = {
  name: string
  cadence: (typeof cadences)[number]
  weekday: number
  date: number
  atHour: number
  period: (typeof periods)[number]
  people: string[]
  attach: boolean
}
const START: Omit<Values, 'name'> = { cadence: 'weekly', weekday: 1, date: 1, atHour: 8, period: 'usual', people: [], attach: true }

/** 定期发送: the report as it is filtered now, by mail to colleagues. Each gets what they may see; below stand the schedules that there are. */
export function ScheduleDialog(props: { reportKey: string; report: Report; values: ReportValues; open: boolean; onClose: () => void }) {
  const { reportKey, report, values, open, onClose } = props
  const words = useWords('reports')
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const save = useAction(addSchedule, {
    onDone: () => {
      form.resetFields()
      void message.success(words('schedule.saved'))
    },
  })
  const submit = ({ weekday, date, ...filled }: Values) => {
    const onDay = filled.cadence === 'weekly' ? weekday : filled.cadence === 'monthly' ? date : 1
    const { from: _f, to: _t, asOf: _a, ...query } = reportQuery(values, false)
    save.mutate({ body: { ...filled, report: reportKey, onDay, query, period: report.time === 'range' ? filled.period : 'usual' } })
  }
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={words('schedule.title')} destroyOnHidden>
      <p className="secondary">{words('schedule.lead')}</p>
      {save.error ? <Note tone="danger">{problemSentence(save.error)}</Note> : null}
      <Form form={form} layout="vertical" initialValues={{ ...START, name: report.title }} onFinish={submit}>
        <Form.Item name="name" label={words('schedule.name')} rules={[{ required: true, max: 60 }]}>
          <Input />
        </Form.Item>
        <TimeFields withPeriod={report.time === 'range'} />
        <PeopleField />
        <Form.Item name="attach" valuePropName="checked">
          <Checkbox>{words('schedule.attach')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words('schedule.save')}
        </Button>
      </Form>
      <ExistingSchedules reportKey={reportKey} />
    </Modal>
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
  return (
    <Form.Item name="people" label={words('schedule.people')} rules={[{ required: true, type: 'array', min: 1, max: 50 }]}>
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        loading={people.isLoading}
        options={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}
