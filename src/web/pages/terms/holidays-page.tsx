import { Button, Form, Input, Select } from 'antd'
import { readCalendar, removeCalendarDay, saveCalendarDay } from '../../../modules/terms/terms.api.ts'
import { useFilters } from '../../filters.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type NewDay = { onDay: string; working: 'holiday' | 'working'; name: string }
const YEARS_AROUND = 3

/** 节假日与调休: the days of a year on which people rest or work against the week. A last day on a rest day is moved by the terms. */
export function HolidaysPage() {
  const words = useWords('terms')
  const { may, company } = useSession()
  const { values, set } = useFilters({ year: company.today.slice(0, 4) })
  const year = Number(values.year)
  const calendar = useApi(readCalendar, { query: { year: values.year } })
  const remove = useAction(removeCalendarDay)
  const years = Array.from({ length: 2 * YEARS_AROUND + 1 }, (_, i) => String(Number(company.today.slice(0, 4)) - YEARS_AROUND + i))
  return (
    <>
      <PageHead
        title={words('holidays.title')}
        meta={words('holidays.meta')}
        actions={
          <Select
            value={values.year}
            onChange={(chosen) => set({ year: chosen })}
            aria-label={words('holidays.year')}
            options={years.map((value) => ({ value, label: value }))}
          />
        }
      />
      <Panel title={words('holidays.ofYear', { year })} flush>
        {calendar.data && !calendar.data.known ? <Note tone="warning">{words('holidays.unknown', { year })}</Note> : null}
        {remove.error ? <ErrorState problem={remove.error} /> : null}
        {may('terms.edit') ? <NewDayForm /> : null}
        <Loaded query={calendar}>
          {({ days }) => (
            <DataTable
              name="holidays"
              label={words('holidays.title')}
              rows={days}
              rowKey={(row) => row.onDay}
              empty={<EmptyState title={words('holidays.none', { year })} text={words('holidays.noneHelp')} />}
              columns={[
                { key: 'onDay', title: words('holidays.day'), width: 130, render: (row) => <DayText value={row.onDay} /> },
                {
                  key: 'kind',
                  title: words('holidays.kind'),
                  width: 140,
                  render: (row) => words(row.working ? 'holidays.working' : 'holidays.holiday'),
                },
                { key: 'name', title: words('holidays.name'), render: (row) => row.name || '–' },
                {
                  key: 'remove',
                  title: '',
                  width: 80,
                  render: (row) =>
                    may('terms.edit') ? (
                      <Button size="small" type="link" onClick={() => remove.mutate({ params: { onDay: row.onDay } })}>
                        {words('shared:delete')}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </>
  )
}

function NewDayForm() {
  const words = useWords('terms')
  const [form] = Form.useForm<NewDay>()
  const save = useAction(saveCalendarDay, { onDone: () => form.resetFields() })
  return (
    <>
      <Form
        form={form}
        className="panel-body"
        layout="inline"
        initialValues={{ working: 'holiday', name: '' }}
        onFinish={({ onDay, working, name }) =>
          save.mutate({ params: { onDay }, body: { working: working === 'working', name: name ?? '', version: 0 } })
        }
      >
        <Form.Item name="onDay" rules={[{ required: true, message: words('shared:form.required') }]}>
          <DayInput required enterStays aria-label={words('holidays.day')} />
        </Form.Item>
        <Form.Item name="working">
          <Select
            aria-label={words('holidays.kind')}
            options={(['holiday', 'working'] as const).map((value) => ({ value, label: words(`holidays.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="name">
          <Input maxLength={60} placeholder={words('holidays.name')} aria-label={words('holidays.name')} />
        </Form.Item>
        <Form.Item>
          <Button htmlType="submit" loading={save.isPending}>
            {words('shared:add')}
          </Button>
        </Form.Item>
      </Form>
      {save.error ? <ErrorState problem={save.error} /> : null}
    </>
  )
}
