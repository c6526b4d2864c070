import { useNavigate } from '@tanstack/react-router'
import { App, Button, Modal } from 'antd'
import { useState } from 'react'
import { dryRun, listRuns, startRun } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords, type Words } from '../../words.ts'
import { DryRunPanels } from './dry-run-panels.tsx'
import { PayToNote } from './pay-to-note.tsx'
import { countsSentence } from './run-words.ts'

type Run = Answer<typeof listRuns>['items'][number]
type DryRun = Answer<typeof dryRun>

/** 催收运行: what a run would do today, name by name, before it does it; below, what past runs did. */
export function RunsPage() {
  const words = useWords('dunning')
  const { may, company } = useSession()
  const { values, set } = useFilters({ onDay: '' })
  const planned = useApi(dryRun, { query: values.onDay === '' ? {} : { onDay: values.onDay } })
  const [asking, setAsking] = useState(false)
  const list = useList(listRuns)
  // somebody else, or the clock, was first: the page behind says so
  const refresh = () => {
    planned.refetch()
    list.query.refetch()
  }
  const isToday = values.onDay === '' || values.onDay === company.today
  const mayRun = may('dunning.run') && isToday && planned.data !== undefined && !planned.data.alreadyRun && planned.data.restDay === null
  return (
    <>
      <PageHead
        title={words('runs.title')}
        meta={words('runs.meta')}
        actions={
          <>
            <span className="row">
              <span className="secondary nowrap">{words('runs.onDay')}</span>
              <DayInput
                value={values.onDay === '' ? company.today : values.onDay}
                onChange={(onDay) => set({ onDay: onDay === company.today ? '' : onDay })}
                required
                aria-label={words('runs.onDay')}
              />
            </span>
            {may('dunning.run') ? (
              <Button type="primary" disabled={!mayRun} onClick={() => setAsking(true)}>
                {words('runs.runNow')}
              </Button>
            ) : null}
          </>
        }
      />
      <PayToNote />
      <DryRunPanels query={planned} isToday={isToday} />
      <Panel title={words('runs.past')} flush>
        <DataTable<Run>
          name="dunningRuns"
          label={words('runs.past')}
          list={list}
          rowKey={(row) => row.id}
          to={(row) => paths.dunningRun({ id: row.id })}
          columns={columnsOf(words, company.timeZone)}
          phoneRow={(row) => ({
            title: row.onDay,
            reason: row.counts ? countsSentence(row.counts, words) : (row.problem ?? ''),
            mark: <Status word={runWords[row.status]} plain />,
          })}
          empty={<EmptyState title={words('runs.empty')} text={words('runs.emptyText')} />}
        />
      </Panel>
      {asking && planned.data ? <RunDialog planned={planned.data} onRefused={refresh} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

/** Says what will follow, and in which mode, before anything is done. */
function RunDialog({ planned, onRefused, onClose }: { planned: DryRun; onRefused: () => void; onClose: () => void }) {
  const words = useWords('dunning')
  const { company } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const start = useAction(startRun, {
    onDone: ({ id }) => {
      message.success(words('runs.started'))
      void navigate({ to: paths.dunningRun({ id }) })
    },
  })
  return (
    <Modal
      open
      title={words('runs.runNow')}
      okText={words('runs.confirm', { count: planned.counts.cases })}
      cancelText={words('shared:cancel')}
      confirmLoading={start.isPending}
      okButtonProps={{ disabled: planned.alreadyRun }}
      onOk={() => start.mutate({}, { onError: onRefused })}
      onCancel={onClose}
    >
      <p>{countsSentence(planned.counts, words)}</p>
      <Note tone={company.testMode ? 'info' : 'warning'}>{words(company.testMode ? 'runs.kept' : 'runs.sent')}</Note>
      {start.error ? <Problem problem={start.error} /> : null}
    </Modal>
  )
}

/** A refusal that its sentence explains has no code to pass on. */
function Problem({ problem }: { problem: ApiProblem }) {
  return problem.status === 409 ? <Note tone="warning">{problemSentence(problem)}</Note> : <ErrorState problem={problem} />
}

export const runWords = { waiting: 'queued', running: 'running', done: 'finished', failed: 'failed', cancelled: 'cancelled' } as const

function columnsOf(words: Words, timeZone: string): Column<Run>[] {
  const count = (key: 'cases' | 'emails' | 'reminders' | 'escalations' | 'flags'): Column<Run> => ({
    key,
    title: words(`runs.counts.${key}`),
    align: 'right',
    render: (row) => (row.counts === null ? <span className="muted">–</span> : row.counts[key].toLocaleString('en-US')),
  })
  return [
    { key: 'day', title: words('runs.day'), render: (row) => <span className="link-like nowrap">{row.onDay}</span> },
    { key: 'status', title: words('cases.state'), render: (row) => <Status word={runWords[row.status]} plain /> },
    count('cases'),
    count('emails'),
    count('reminders'),
    count('escalations'),
    count('flags'),
    {
      key: 'leftOut',
      title: words('runs.leftOut'),
      align: 'right',
      render: (row) => (row.leftOut === null ? <span className="muted">–</span> : row.leftOut.reduce((sum, one) => sum + one.customers, 0)),
    },
    { key: 'by', title: words('runs.by'), render: (row) => row.startedBy ?? words('runs.clock') },
    { key: 'at', title: words('runs.at'), render: (row) => <InstantText value={row.createdAt} timeZone={timeZone} /> },
  ]
}
