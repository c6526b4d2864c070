import { DownloadOutlined, DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import { exportAgeingCsv, exportAgeingPdf, exportAgeingXlsx } from '../../../modules/ageing/ageing.api.ts'
import { useSession } from '../../session.tsx'
import { useDownload } from '../../ui/download-button.tsx'
import { SaveView } from '../../ui/saved-views.tsx'
import { useWords } from '../../words.ts'
import { type AgeingValues, reportQuery } from './ageing-question.ts'

const formats = { excel: exportAgeingXlsx, csv: exportAgeingCsv, pdf: exportAgeingPdf } as const
const endings = { excel: 'xlsx', csv: 'csv', pdf: 'pdf' } as const

/** Save the view; export exactly what is filtered, both dimensions where two are shown. */
export function AgeingActions({ values }: { values: AgeingValues }) {
  const words = useWords('ageing')
  const { may } = useSession()
  const { busy, save } = useDownload()
  const by = values.inner === 'none' || values.inner === values.by ? [values.by] : [values.by, values.inner]
  const saveAs = (format: keyof typeof formats) =>
    save(formats[format], { query: { ...reportQuery(values), by } }, `ageing.${endings[format]}`)
  const items = (['excel', 'csv', 'pdf'] as const).map((key) => ({ key, label: words(`page.${key}`), onClick: () => void saveAs(key) }))
  return (
    <>
      <SaveView page="ageing" values={values} />
      {may('reports.export') ? (
        <Space.Compact>
          <Button type="primary" icon={<DownloadOutlined />} loading={busy} onClick={() => void saveAs('excel')}>
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
