import { App, Button } from 'antd'
import { cancelImport, getProgress, refusedRows, resumeImport } from '../../../modules/imports/imports.api.ts'
import type { Answer } from '../../api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { LoadingRows } from '../../ui/delayed.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProgressTask } from '../../ui/progress-task.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { ImportSteps, statusWord } from './import-steps.tsx'
import type { ImportView } from './import-view.ts'
import { InTheWay, UndoImport } from './undo-import.tsx'

type Progress = Answer<typeof getProgress>
const ASK_EVERY_MS = 1_000

/** Step four: how far it is, then what came in, what was left out and why. May be left and found again. */
export function RunStep({ view }: { view: ImportView }) {
  const isOver = ['done', 'failed', 'cancelled', 'undone'].includes(view.status)
  const progress = useApi(getProgress, { params: { id: view.id } }, isOver ? {} : { refreshEveryMs: ASK_EVERY_MS })
  return (
    <>
      <ImportSteps kind={view.kind} at={3} meta={view.fileName} actions={<Actions run={progress.data ?? view} />} />
      {progress.data || progress.error ? <Loaded query={progress}>{(run) => <RunPanel run={run} />}</Loaded> : <Waiting isOver={isOver} />}
    </>
  )
}

/** While the first figures are on their way: what is being done stands there already. */
function Waiting({ isOver }: { isOver: boolean }) {
  const words = useWords('imports')
  return (
    <Panel title={words('runTitle')} className="below" flush={isOver}>
      {isOver ? <LoadingRows /> : <p className="secondary">{words('importing')}</p>}
    </Panel>
  )
}

function RunPanel({ run }: { run: Progress }) {
  const words = useWords('imports')
  const count = (value: number) => value.toLocaleString('en-US')
  const isUnderWay = run.status === 'running' || run.status === 'waiting'
  return (
    <Panel title={words('runTitle')} extra={<Status word={statusWord(run.status)} plain />} className="below">
      <div className="stack">
        {isUnderWay ? <ProgressTask title={words('importing')} done={run.done} total={run.rows} refused={run.refused} /> : null}
        {run.silent ? <Note tone="warning">{words('silent')}</Note> : null}
        {run.status === 'undoing' && run.message === null ? <Note tone="info">{words('undoingNow')}</Note> : null}
        {run.status === 'undone' ? <Note tone="info">{words('undoneNote')}</Note> : null}
        <InTheWay run={run} />
        {run.message === null ? null : <Note tone="danger">{run.message}</Note>}
        <KeyValues
          rows={[
            [words('rows'), count(run.rows)],
            [words('importedRows'), count(run.imported)],
            [words('refusedRows'), count(run.refused)],
            [words('alreadyThere'), count(run.already)],
            ...run.totals.map(
              (total) =>
                [
                  words('importedAmount', { currency: total.currency }),
                  <Amount key={total.currency} value={total.toImport} strong />,
                ] as const,
            ),
            [words('took'), run.seconds === null ? null : words('seconds', { count: run.seconds })],
          ]}
        />
      </div>
    </Panel>
  )
}

const DESTINATIONS: Readonly<Record<string, () => string>> = {
  customers: () => paths.customers(),
  products: () => paths.products(),
  openItems: () => paths.receivables(),
  invoices: () => paths.receivables(),
  orders: () => paths.orders(),
  receipts: () => paths.receipts(),
}

function Actions({ run }: { run: Pick<Progress, 'id' | 'status' | 'silent' | 'refused' | 'already' | 'kind' | 'imported' | 'message'> }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const { may } = useSession()
  const failed = (error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error
    message.error(problemSentence(error))
  }
  const stop = useAction(cancelImport)
  const resume = useAction(resumeImport)
  const params = { id: run.id }
  const isUnderWay = run.status === 'running' || run.status === 'waiting'
  return (
    <>
      {isUnderWay ? <Button onClick={() => void stop.mutateAsync({ params }).catch(failed)}>{words('stop')}</Button> : null}
      {(run.silent && run.status !== 'undoing') || run.status === 'failed' || run.status === 'cancelled' ? (
        <Button type="primary" loading={resume.isPending} onClick={() => void resume.mutateAsync({ params }).catch(failed)}>
          {words('resume')}
        </Button>
      ) : null}
      {run.refused + run.already > 0 ? (
        <DownloadButton route={refusedRows} input={{ params }} name="refused.xlsx">
          {words(run.refused > 0 ? 'fetchRefused' : 'fetchAlready', { count: run.refused + run.already })}
        </DownloadButton>
      ) : null}
      {run.status === 'done' && run.refused > 0 ? (
        <PageLink to={paths.newImport({ kind: run.kind })}>{words('uploadMended')}</PageLink>
      ) : null}
      <UndoImport run={run} />
      {run.status === 'done' && (run.kind === 'openItems' || run.kind === 'invoices') ? (
        <>
          {may('customers.merge') ? <PageLink to={paths.duplicateCustomers()}>{words('seeDuplicates')}</PageLink> : null}
          <PageLink to={paths.ageing()}>{words('seeAgeing')}</PageLink>
        </>
      ) : null}
      {run.status === 'done' ? (
        <PageLink to={DESTINATIONS[run.kind]!()} look="primary">
          {words('seeThem', { kind: words(`kinds.${run.kind}`) })}
        </PageLink>
      ) : null}
    </>
  )
}
