import { useParams } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { readRun } from '../../../modules/dunning/dunning.api.ts'
import { type List, type PageOf, useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { instantWords } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { LeftOutPanel } from './dry-run-panels.tsx'
import { countsSentence } from './run-words.ts'
import { runWords } from './runs-page.tsx'
import { type Step, StepsTable } from './steps-table.tsx'

/** While a run works, its page looks again so often. */
const LOOK_EVERY_MS = 2_000

/** One run: what it did, customer by customer, and who was left out and why. */
export function RunPage() {
  const words = useWords('dunning')
  const { company } = useSession()
  const { id } = useParams({ strict: false }) as { id: string }
  const head = useApi(
    readRun,
    { params: { id }, query: { limit: 1 } },
    { refreshEveryMs: (run) => (run === undefined || run.status === 'waiting' || run.status === 'running' ? LOOK_EVERY_MS : false) },
  )
  const list = useList(readRun as never, { params: { id } } as never) as unknown as List<PageOf<Step>>
  const { status, done } = head.data ?? {}
  const onProgress = useEffectEvent(() => {
    if (status !== undefined) void list.query.refetch()
  })
  useEffect(() => onProgress(), [status, done])
  return (
    <Loaded query={head}>
      {(run) => (
        <>
          <PageHead
            crumbs={[{ label: words('nav') }, { label: words('runs.title'), to: paths.dunningRuns() }, { label: run.onDay }]}
            title={words('runs.one', { day: run.onDay })}
            status={<Status word={runWords[run.status]} />}
            meta={[
              words('runs.startedBy', { name: run.startedBy ?? words('runs.clock'), at: instantWords(run.createdAt, company.timeZone) }),
              run.finishedAt === null ? undefined : words('runs.finishedAt', { at: instantWords(run.finishedAt, company.timeZone) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
          {run.problem === null ? null : <Note tone="danger">{run.problem}</Note>}
          <Panel title={words('case.steps')} sub={run.counts ? countsSentence(run.counts, words) : words('runs.working')} flush>
            <StepsTable list={list} currency={run.currency} />
          </Panel>
          <LeftOutPanel rows={run.notPlanned} counts={run.leftOut ?? []} currency={run.currency} />
        </>
      )}
    </Loaded>
  )
}
