import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import type { Attachable } from '../../modules/company/attachable.ts'
import { deleteFile, getFile, getFiles, postFile } from '../../modules/company/files.api.ts'
import { ApiProblem } from '../api-problem.ts'
import { download, upload } from '../files.ts'
import { useAction, useApi } from '../queries.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'
import { ConfirmDanger } from './confirm-danger.tsx'
import { InstantText } from './day-text.tsx'
import { ErrorState } from './error-state.tsx'
import { Loaded } from './loaded.tsx'
import { Panel } from './panel.tsx'

/** The files of one document: download, add, remove. `mayEdit` as for the document; the server decides again. */
export function Attachments({ entity, entityId, mayEdit }: { entity: Attachable; entityId: string; mayEdit: boolean }) {
  const words = useWords('company')
  const { company } = useSession()
  const files = useApi(getFiles, { query: { entity, entityId } })
  const remove = useAction(deleteFile)
  const [problem, setProblem] = useState<ApiProblem>()
  const tried = (work: Promise<unknown>) =>
    void work.then(
      () => setProblem(undefined),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error
        setProblem(error)
      },
    )
  const add = (file: File) => {
    const form = new FormData()
    form.append('file', file)
    tried(upload(postFile, { query: { entity, entityId }, form }).then(() => files.refetch()))
    return false
  }
  const button = mayEdit ? (
    <Upload beforeUpload={add} showUploadList={false}>
      <Button size="small">{words('attachments.add')}</Button>
    </Upload>
  ) : undefined
  return (
    <Panel title={words('attachments.title')} extra={button}>
      {problem ? <ErrorState problem={problem} /> : null}
      <Loaded query={files} rows={1}>
        {({ items }) => (
          <ul>
            {items.length === 0 ? <li className="muted">{words('attachments.none')}</li> : null}
            {items.map(({ id, name, createdBy, createdAt }) => (
              <li key={id} className="row">
                <Button
                  type="link"
                  size="small"
                  icon={<PaperClipOutlined />}
                  onClick={() => tried(download(getFile, { params: { id } }, name))}
                >
                  {name}
                </Button>
                <span className="grow small secondary">
                  {createdBy} · <InstantText value={createdAt} timeZone={company.timeZone} />
                </span>
                {mayEdit ? (
                  <ConfirmDanger
                    small
                    label={words('attachments.remove')}
                    title={words('attachments.removeTitle', { name })}
                    consequence={words('attachments.removeText')}
                    onConfirm={() => remove.mutateAsync({ params: { id } })}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {mayEdit ? <div className="small muted">{words('attachments.limits')}</div> : null}
    </Panel>
  )
}
