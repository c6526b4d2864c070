import { App, Button, Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { checkImport, refusedRows, startImport } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction, useApi } from '../../queries.ts'
import { DownloadButton } from '../../ui/download-button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { CheckRows } from './check-rows.tsx'
import { CheckSums } from './check-sums.tsx'
import { ImportSteps } from './import-steps.tsx'
import type { Check, ImportView } from './import-view.ts'
import { InviteSalespeople } from './invite-salespeople.tsx'
import { NamesPanel } from './names-panel.tsx'
import { OptionsPanel } from './options-panel.tsx'
import { SaidPanel } from './said-panel.tsx'

/** Step three: every row judged, nothing changed. The button says how many rows will come in. */
export function CheckStep({ view, onBack }: { view: ImportView; onBack: () => void }) {
  const words = useWords('imports')
  const check = useApi(checkImport, { params: { id: view.id } })
  const [inviting, setInviting] = useState<readonly string[]>()
  const meta = check.data ? words('checkMeta', { file: view.fileName, seconds: check.data.seconds.toFixed(1) }) : view.fileName
  return (
    <>
      <ImportSteps
        kind={view.kind}
        at={2}
        meta={meta}
        actions={<Actions view={view} check={check.data} isStale={check.isFetching} onBack={onBack} />}
      />
      <Loaded query={check} rows={10}>
        {(data) => (
          <div className="split import-check">
            <RowsPanel check={data} />
            <div className="stack">
              <CheckSums check={data} />
              <NamesPanel view={view} check={data} onInvite={setInviting} />
              <SaidPanel check={data} />
              <OptionsPanel view={view} check={data} />
            </div>
          </div>
        )}
      </Loaded>
      {inviting === undefined ? null : <InviteSalespeople names={inviting} onClose={() => setInviting(undefined)} />}
    </>
  )
}

function RowsPanel({ check }: { check: Check }) {
  const words = useWords('imports')
  const count = (value: number) => value.toLocaleString('en-US')
  const lists = { refused: check.refusedRows, accepted: [...check.warnedRows, ...check.acceptedRows] }
  const counts = { refused: check.refused + check.already, accepted: check.accepted }
  const [shown, setShown] = useState<keyof typeof lists>(counts.refused > 0 ? 'refused' : 'accepted')
  return (
    <Panel
      title={words('rowResults')}
      flush
      extra={
        <Segmented
          size="small"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'refused', label: `${words(check.already > 0 ? 'results.leftOut' : 'results.refused')} ${count(counts.refused)}` },
            {
              value: 'accepted',
              label:
                check.warned > 0
                  ? words('results.acceptedWarned', { accepted: count(check.accepted), warned: count(check.warned) })
                  : `${words('results.accepted')} ${count(check.accepted)}`,
            },
          ]}
        />
      }
    >
      <CheckRows key={shown} rows={lists[shown]} count={counts[shown]} hasAmount={check.totals.length > 0} />
    </Panel>
  )
}

function Actions({ view, check, isStale, onBack }: { view: ImportView; check: Check | undefined; isStale: boolean; onBack: () => void }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const [again, setAgain] = useState<ApiProblem>()
  const [isAgain, setIsAgain] = useState(false)
  const start = useAction(startImport)
  const left = (check?.refused ?? 0) + (check?.already ?? 0)
  const run = () =>
    start.mutateAsync({ params: { id: view.id }, body: { again: isAgain } }).catch((error: ApiProblem) => {
      if (error.code === 'imports.alreadyImported') setAgain(error)
      else message.error(problemSentence(error))
    })
  return (
    <>
      {again ? (
        <Note
          tone="warning"
          action={
            <Checkbox checked={isAgain} onChange={(event) => setIsAgain(event.target.checked)}>
              {words('again')}
            </Checkbox>
          }
        >
          {problemSentence(again)}
        </Note>
      ) : null}
      <Button onClick={onBack}>{words('previous')}</Button>
      {left > 0 ? (
        <DownloadButton route={refusedRows} input={{ params: { id: view.id } }} name="refused.xlsx">
          {words((check?.refused ?? 0) > 0 ? 'fetchRefused' : 'fetchAlready', { count: left })}
        </DownloadButton>
      ) : null}
      <Button
        type="primary"
        loading={start.isPending}
        disabled={check === undefined || isStale || check.accepted === 0 || (again !== undefined && !isAgain)}
        onClick={() => void run()}
      >
        {words('importRows', { count: check?.accepted ?? 0 })}
      </Button>
    </>
  )
}
