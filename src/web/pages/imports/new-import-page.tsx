import { InboxOutlined } from '@ant-design/icons'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Progress, Upload } from 'antd'
import { useState } from 'react'
import { type ImportKind, importKinds } from '../../../modules/imports/import-fields.ts'
import { importTemplate } from '../../../modules/imports/import-mappings.api.ts'
import { uploadImport } from '../../../modules/imports/imports.api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { upload } from '../../files.ts'
import { NotFoundPage } from '../../frame/not-found-page.tsx'
import { paths } from '../../paths.ts'
import { DownloadButton } from '../../ui/download-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { ImportSteps } from './import-steps.tsx'
import './imports.css'

/** The server's bound, said before a long upload is lost. */
const FILE_BYTES_MOST = 100 * 1024 * 1024

/** Step one: the file. It is read whole before anything of it is kept; nothing is brought in yet. */
export function NewImportPage() {
  const { kind } = useParams({ strict: false }) as { kind: string }
  const words = useWords('imports')
  const known = importKinds.find((one) => one === kind)
  if (known === undefined) return <NotFoundPage />
  return (
    <>
      <ImportSteps kind={known} at={0} meta={words('uploadMeta')} actions={<TemplateButton kind={known} />} />
      <Panel className="below">
        <p className="secondary">{words(`kindsWhy.${known}`)}</p>
        <DropFile kind={known} />
      </Panel>
    </>
  )
}

function DropFile({ kind }: { kind: ImportKind }) {
  const words = useWords('imports')
  const navigate = useNavigate()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<ApiProblem>()
  const send = async (file: File) => {
    setProblem(undefined)
    if (file.size > FILE_BYTES_MOST) return setProblem(new ApiProblem({ code: 'files.fileTooLarge', status: 413, params: { limit: 100 } }))
    setShare(0)
    try {
      const form = new FormData()
      form.append('file', file, file.name)
      const { id } = await upload(uploadImport, { query: { kind }, form, onProgress: setShare })
      await navigate({ to: paths.import({ id }) })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <>
      {problem ? <ErrorState problem={problem} /> : null}
      <Upload.Dragger
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        multiple={false}
        showUploadList={false}
        disabled={share !== undefined}
        beforeUpload={(file) => {
          void send(file)
          return false // we send it ourselves
        }}
      >
        <p className="upload-mark">
          <InboxOutlined aria-hidden />
        </p>
        <p>{words('drop')}</p>
        <p className="small muted">{words('dropSub')}</p>
      </Upload.Dragger>
      {share === undefined ? null : <Progress percent={Math.floor(share * 100)} status="active" aria-label={words('steps.upload')} />}
    </>
  )
}

function TemplateButton({ kind }: { kind: ImportKind }) {
  const words = useWords('imports')
  return (
    <DownloadButton route={importTemplate} input={{ params: { kind } }} name={`${kind}.xlsx`}>
      {words('template')}
    </DownloadButton>
  )
}
