import { MailOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { exportReportCsv, exportReportPdf, exportReportXlsx } from '../../../modules/reports/reports.api.ts'
import { useSession } from '../../session.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { SaveView } from '../../ui/saved-views.tsx'
import { useWords } from '../../words.ts'
import { type Report, type ReportValues, reportQuery } from './report-question.ts'
import { ScheduleDialog } from './schedule-dialog.tsx'

const routes = { xlsx: exportReportXlsx, csv: exportReportCsv, pdf: exportReportPdf } as const

/** Save the filters; send the report regularly; export exactly what is filtered. */
export function ReportActions({ reportKey, report, values }: { reportKey: string; report: Report; values: ReportValues }) {
  const words = useWords('reports')
  const { may } = useSession()
  const [scheduling, setScheduling] = useState(false)
  return (
    <>
      <SaveView page={`report.${reportKey}`} values={values} />
      {may('reports.export') ? (
        <Button icon={<MailOutlined />} onClick={() => setScheduling(true)}>
          {words('schedule.button')}
        </Button>
      ) : null}
      <ScheduleDialog reportKey={reportKey} report={report} values={values} open={scheduling} onClose={() => setScheduling(false)} />
      <ExportMenu routes={routes} input={{ params: { key: reportKey }, query: reportQuery(values) }} name={reportKey} />
    </>
  )
}
