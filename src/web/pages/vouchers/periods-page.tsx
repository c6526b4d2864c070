import { Link } from '@tanstack/react-router'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { closePeriod, listPeriods, reopenPeriod } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Period = Answer<typeof listPeriods>['items'][number]

/** 会计期间 of a year: what was posted in each, closing and reopening. */
export function PeriodsPage() {
  const words = useWords('vouchers')
  const { company } = useSession()
  const { values, set } = useFilters({ year: company.today.slice(0, 4) })
  const query = useApi(listPeriods, { query: values })
  const columns = usePeriodColumns()
  return (
    <>
      <PageHead title={words('periods')} meta={company.baseCurrency} />
      <FilterRow>
        <FilterField label={words('year')}>
          <Select
            aria-label={words('year')}
            value={values.year}
            onChange={(year) => set({ year })}
            options={[...new Set([values.year, ...(query.data?.years ?? []).map(String)])]
              .sort()
              .reverse()
              .map((value) => ({ value, label: value }))}
          />
        </FilterField>
      </FilterRow>
      <Loaded query={query} rows={12}>
        {(data) => (
          <Panel flush>
            <DataTable
              name="periods"
              label={words('periods')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => String(row.period)}
              empty={<EmptyState title={words('noPeriods')} />}
            />
          </Panel>
        )}
      </Loaded>
    </>
  )
}

function periodText(period: number): string {
  return `${Math.floor(period / 100)}-${String(period % 100).padStart(2, '0')}`
}

function usePeriodColumns(): Column<Period>[] {
  const words = useWords('vouchers')
  const { company, may } = useSession()
  return [
    { key: 'period', title: words('period'), render: (row) => periodText(row.period) },
    {
      key: 'status',
      title: words('status'),
      render: (row) => (
        <Status
          word={row.status === 'closed' ? 'periodClosed' : 'periodOpen'}
          text={words(row.status === 'closed' ? 'closedPeriod' : 'openPeriod')}
          plain
        />
      ),
    },
    {
      key: 'vouchers',
      title: words('voucherCount'),
      align: 'right',
      render: (row) => (row.vouchers === 0 ? <span className="muted">–</span> : <VouchersOf row={row} />),
    },
    { key: 'total', title: words('total'), align: 'right', render: (row) => <Amount value={row.vouchers === 0 ? null : row.total} /> },
    {
      key: 'by',
      title: words('closedPeriod'),
      render: (row) =>
        row.closedAt === null ? null : (
          <span className="secondary">
            {row.closedByName} · <InstantText value={row.closedAt} timeZone={company.timeZone} />
          </span>
        ),
    },
    { key: 'do', title: '', align: 'right', render: (row) => (may('vouchers.closePeriod') ? <PeriodButton period={row} /> : null) },
  ]
}

function VouchersOf({ row }: { row: Period }) {
  const month = periodText(row.period)
  const last = new Date(Date.UTC(Math.floor(row.period / 100), row.period % 100, 0)).toISOString().slice(0, 10)
  return <Link to={paths.vouchers({ from: `${month}-01`, until: last })}>{row.vouchers.toLocaleString('en-US')}</Link>
}

function PeriodButton({ period }: { period: Period }) {
  const words = useWords('vouchers')
  const { company } = useSession()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<{ reason?: string }>()
  const closing = period.status === 'open'
  const action = useAction(closing ? closePeriod : reopenPeriod, {
    onDone: () => {
      setOpen(false)
      void message.success(words('saved'))
    },
  })
  if (closing && periodText(period.period) >= company.today.slice(0, 7)) return null
  const title = words(closing ? 'closeTitle' : 'reopenTitle', { period: periodText(period.period) })
  const save = ({ reason = '' }: { reason?: string }) =>
    action.mutate({ params: { period: String(period.period) }, body: { version: period.version, reason } })
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {words(closing ? 'close' : 'reopen')}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={words(closing ? 'close' : 'reopen')}
        confirmLoading={action.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <p>{words(closing ? 'closeNote' : 'reopenNote')}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={save}>
          <Form.Item
            name="reason"
            label={words('reason')}
            rules={closing ? [] : [{ required: true, whitespace: true, message: words('problems.reasonMissing') }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
        {action.error ? <ErrorState problem={action.error} /> : null}
      </Modal>
    </>
  )
}
