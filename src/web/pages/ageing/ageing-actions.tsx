import { DownloadOutlined, DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import { exportAgeingCsv, exportAgeingPdf, exportAgeingXlsx } from '../../../modules/ageing/ageing.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { download } from '../../files.ts'
import { useSession } from '../../session.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { type AgeingValues, reportQuery } from './ageing-question.ts'
import { SaveView } from './saved-views.tsx'

const formats = { excel: exportAgeingXlsx, csv: exportAgeingCsv, pdf: exportAgeingPdf } as const
const endings = { excel: 'xlsx', csv: 'csv', pdf: 'pdf' } as const

/** Save the view; export exactly what is filtered, both dimensions where two are shown. */
export function AgeingActions({ values }: { values: AgeingValues }) {
  const words = useWords('ageing')
  const { may } = useSession()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const save = async (format: keyof typeof formats) => {
    setBusy(true)
    const by = values.inner === 'none' || values.inner === values.by ? [values.by] : [values.by, values.inner]
    try {
      await download(formats[format], { query: { ...reportQuery(values), by } }, `ageing.${endings[format]}`)
    } catch (problem) {
      void message.error(problemSentence(problem as ApiProblem))
    } finally {
      setBusy(false)
    }
  }
  const items = (['excel', 'csv', 'pdf'] as const).map((key) => ({ key, label: words(`page.${key}`), onClick: () => void save(key) }))
  return (
    <>
      <SaveView values={values} />
      {may('reports.export') ? (
        <Space.Compact>
          <Button type="primary" icon={<DownloadOutlined />} loading={busy} onClick={() => void save('excel')}>
            {words('page.excel')}
          </Button>
          <Dropdown menu={{ items }} trigger={['click']}>
            <Button type="primary" icon={<DownOutlined />} aria-label={words('page.export')} />
          </Dropdown>
        </Space.Compact>
      ) : null}
    </>
  )
}
