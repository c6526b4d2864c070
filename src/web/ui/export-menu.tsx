import { DownloadOutlined, DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import type { ApiRoute, Input } from '../api.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'
import { useDownload } from './download-button.tsx'

const FORMATS = ['xlsx', 'csv', 'pdf'] as const

/** What a page shows as a file: Excel at one press, CSV and PDF behind the arrow. `name`: without its ending, where the server gives none. Nothing for who may not export. */
export function ExportMenu<R extends ApiRoute>(props: {
  routes: Readonly<Record<(typeof FORMATS)[number], R>>
  input: Pick<Input<R>, 'params' | 'query'>
  name: string
}) {
  const { routes, input, name } = props
  const words = useWords('shared')
  const { may } = useSession()
  const { busy, save } = useDownload()
  if (!may('reports.export')) return null
  const saveAs = (format: (typeof FORMATS)[number]) => save(routes[format], input, `${name}.${format}`)
  const items = FORMATS.map((key) => ({ key, label: words(`export.${key}`), onClick: () => void saveAs(key) }))
  return (
    <Space.Compact>
      <Button type="primary" icon={<DownloadOutlined />} loading={busy} onClick={() => void saveAs('xlsx')}>
        {words('export.xlsx')}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="primary" icon={<DownOutlined />} aria-label={words('export.choose')} />
      </Dropdown>
    </Space.Compact>
  )
}
