import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Upload } from 'antd'
import { deleteFile, getFile, getFiles, postFile } from '../../../modules/company/files.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { download, upload } from '../../files.ts'
import { queryKey, useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'

/** Bank slips and the like. */
export function ReceiptFiles({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { may } = useSession()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const of = { entity: 'receipt', entityId: receipt.id } as const
  const files = useApi(getFiles, { query: of }).data?.items ?? []
  const remove = useAction(deleteFile)
  const failed = (error: ApiProblem) => void message.error(problemSentence(error))
  const attach = (file: File) => {
    const form = new FormData()
    form.append('file', file)
    upload(postFile, { query: of, form })
      .then(() => queries.invalidateQueries({ queryKey: queryKey(getFiles, { query: of }) }))
      .catch(failed)
    return false
  }
  const add = may('receipts.record') ? (
    <Upload showUploadList={false} beforeUpload={attach}>
      <Button size="small" icon={<PaperClipOutlined />}>
        {words('attach')}
      </Button>
    </Upload>
  ) : null
  return (
    <Panel title={words('files')} extra={add}>
      {files.length === 0 ? <span className="secondary">{words('noFiles')}</span> : null}
      <ul>
        {files.map((file) => (
          <li key={file.id} className="row between">
            <Button type="link" size="small" onClick={() => void download(getFile, { params: { id: file.id } }, file.name).catch(failed)}>
              {file.name}
            </Button>
            {may('receipts.record') ? (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={words('detach', { name: file.name })}
                onClick={() => remove.mutate({ params: { id: file.id } }, { onError: failed })}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
