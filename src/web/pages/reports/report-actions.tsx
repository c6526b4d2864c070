import { DownloadOutlined, DownOutlined, MailOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import { exportReportCsv, exportReportPdf, exportReportXlsx } from '../../../modules/reports/reports.api.ts'
import { useSession } from '../../session.tsx'
import { useDownload } from '../../ui/download-button.tsx'
import { SaveView } from '../../ui/saved-views.tsx'
import { useWords } from '../../words.ts'
import { type Report, type ReportValues, reportQuery } from './report-question.ts'
import { ScheduleDialog } from './schedule-dialog.tsx'

const formats = { xlsx: exportReportXlsx, csv: exportReportCsv, pdf: exportReportPdf } as const

/** Save the filters; send the report regularly; export exactly what is filtered. */
export function ReportActions({ reportKey, report, values }: { reportKey: string; report: Report; values: ReportValues }) {
  const words = useWords('reports')
  const { may } = useSession()
  const { busy, save } = useDownload()
  const [scheduling, setScheduling] = useState(false)
  const saveAs = (format: keyof typeof formats) =>
    save(formats[format], { params: { key: reportKey }, query: reportQuery(values) }, `${reportKey}.${format}`)
  const items = (['xlsx', 'csv', 'pdf'] as const).map((key) => ({ key, label: words(`page.${key}`), onClick: () => void saveAs(key) }))
  return (
    <>
      <SaveView page={`report.${reportKey}`} values={values} />
      {may('reports.export') ? (
        <Button icon={<MailOutlined />} onClick={() => setScheduling(true)}>
          {words('schedule.button')}
        </Button>
      ) : null}
      <ScheduleDialog reportKey={reportKey} report={report} values={values} open={scheduling} onClose={() => setScheduling(false)} />
      {may('reports.export') ? (
        <Space.Compact>
          <Button type="primary" icon={<DownloadOutlined />} loading={busy} onClick={() => void saveAs('xlsx')}>
            {words('page.xlsx')}
          </Button>
          <Dropdown menu={{ items }} trigger={['click']}>
            <Button type="primary" icon={<DownOutlined />} aria-label={words('page.export')} />
          </Dropdown>
        </Space.Compact>
      ) : null}
    </>
  )
}
