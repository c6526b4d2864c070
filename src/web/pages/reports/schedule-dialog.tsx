import { App, Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { addSchedule, changeSchedule } from '../../../modules/reports/report-schedules.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Note } from '../../ui/note.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { ExistingSchedules, type Schedule } from './existing-schedules.tsx'
import { type Report, type ReportValues, reportQuery } from './report-question.ts'
import { ScheduleFields, type ScheduleValues, scheduleValues } from './schedule-form.tsx'

type Props = { reportKey: string; report: Report; values: ReportValues }

/** 定期发送: the report as it is filtered now, by mail to colleagues. Each gets what they may see; below stand the schedules that there are, and the form changes them. */
export function ScheduleDialog({ open, onClose, ...props }: Props & { open: boolean; onClose: () => void }) {
  const words = useWords('reports')
  const { may } = useSession()
  const [changed, setChanged] = useState<Schedule>()
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={words('schedule.title')} destroyOnHidden>
      {may('reports.export') ? (
        <ScheduleForm key={changed?.id ?? 'new'} {...props} changed={changed} onDone={() => setChanged(undefined)} />
      ) : null}
      <ExistingSchedules reportKey={props.reportKey} onEdit={setChanged} />
    </Modal>
  )
}

function ScheduleForm({ reportKey, report, values, changed, onDone }: Props & { changed: Schedule | undefined; onDone: () => void }) {
  const words = useWords('reports')
  const { message } = App.useApp()
  const [form] = Form.useForm<ScheduleValues>()
  const finished = {
    onDone: () => {
      form.resetFields()
      void message.success(words('schedule.saved'))
      onDone()
    },
  }
  const add = useAction(addSchedule, finished)
  const change = useAction(changeSchedule, finished)
  const submit = ({ weekday, date, withFilters, ...filled }: ScheduleValues) => {
    const onDay = filled.cadence === 'weekly' ? weekday : filled.cadence === 'monthly' ? date : 1
    const { from: _f, to: _t, asOf: _a, ...now } = reportQuery(values, false)
    const query = changed === undefined || withFilters ? now : changed.query
    const body = { ...filled, onDay, query, period: report.time === 'range' ? filled.period : ('usual' as const) }
    if (changed === undefined) add.mutate({ body: { ...body, report: reportKey } })
    else change.mutate({ params: { id: changed.id }, body: { ...body, version: changed.version } })
  }
  const problem = add.error ?? change.error
  return (
    <>
      <p className="secondary">{changed === undefined ? words('schedule.lead') : words('schedule.changing', { name: changed.name })}</p>
      {problem ? <Note tone="danger">{problemSentence(problem)}</Note> : null}
      <Form form={form} layout="vertical" initialValues={scheduleValues(report.title, changed)} onFinish={submit}>
        <ScheduleFields withPeriod={report.time === 'range'} isChange={changed !== undefined} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending}>
            {changed === undefined ? words('schedule.save') : words('schedule.saveChange')}
          </Button>
          {changed === undefined ? null : <Button onClick={onDone}>{words('shared:cancel')}</Button>}
        </div>
      </Form>
    </>
  )
}
