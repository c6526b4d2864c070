import { Link } from '@tanstack/react-router'
import type { readRun } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import type { List, PageOf } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { actionIcons } from './action-chips.tsx'
import { levelSentence } from './run-words.ts'

export type Step = Answer<typeof readRun>['items'][number]

/** What was done, to whom, about how much, and what became of it; `ofOne` leaves the customer out. */
export function StepsTable({
  steps,
  list,
  currency,
  ofOne = false,
}: {
  steps?: readonly Step[]
  list?: List<PageOf<Step>>
  currency: string
  ofOne?: boolean
}) {
  const words = useWords('dunning')
  return (
    <DataTable<Step>
      name={ofOne ? 'dunningCaseSteps' : 'dunningSteps'}
      label={words('case.steps')}
      {...(list ? { list } : { rows: steps ?? [] })}
      rowKey={(row) => row.id}
      {...(ofOne ? {} : { to: (row: Step) => paths.dunningCase({ id: row.caseId }) })}
      columns={columnsOf(words, currency, ofOne)}
      phoneRow={(row) => ({
        title: ofOne ? levelSentence(row, words) : row.customerName,
        amount: <Amount value={row.net} />,
        reason: stepSentence(row, words),
        mark: <StepOutcome step={row} />,
      })}
      empty={<p className="panel-body secondary">{words('case.noSteps')}</p>}
    />
  )
}

function columnsOf(words: Words, currency: string, ofOne: boolean): Column<Step>[] {
  const who: Column<Step> = { key: 'customer', title: words('cases.customer'), render: (row) => <b className="link-like"><CutText text={row.customerName} /></b> } // biome-ignore format: one column
  return [
    ...(ofOne ? [{ key: 'day', title: words('case.onDay'), render: (row: Step) => <DayText value={row.onDay} /> }] : [who]),
    { key: 'level', title: words('cases.level'), render: (row) => levelSentence(row, words) },
    {
      key: 'action',
      title: words('case.action'),
      render: (row) => (
        <span className="row nowrap">
          {actionIcons[row.action]} {stepSentence(row, words)}
        </span>
      ),
    },
    { key: 'to', title: words('case.to'), render: (row) => <CutText text={recipients(row)} /> },
    { key: 'items', title: words('case.itemCount'), align: 'right', render: (row) => row.items },
    {
      key: 'net',
      title: `${words('case.net')}${words('shared:join.brackets', { text: currency })}`,
      align: 'right',
      render: (row) => <Amount value={row.net} />,
    },
    { key: 'outcome', title: words('case.outcome'), render: (row) => <StepOutcome step={row} /> },
  ]
}

function recipients(step: Step): string {
  return step.to.length > 0 ? step.to.join(', ') : (step.personName ?? '–')
}

/** 邮件 · 逾期提醒, or what else was done. */
function stepSentence(step: Step, words: Words): string {
  if (step.action === 'email') return words('actions.email', { template: words(`templateNames.${step.template ?? 'overdue'}`) })
  if (step.action === 'flagHighRisk') return words(step.held ? 'actions.hold' : 'actions.flag')
  return words(`actionKinds.${step.action}`)
}

/** What became of it: the message's state with its door to the outbox, or whether the task is done. */
function StepOutcome({ step }: { step: Step }) {
  const words = useWords('dunning')
  if (step.messageId !== null && step.messageStatus !== null) {
    const said = (
      <Status word={messageWords[step.messageStatus] ?? 'queued'} plain text={words(`messages:statuses.${step.messageStatus}`)} />
    )
    return (
      <Link to={paths.message({ id: step.messageId })} title={step.messageReason ?? ''}>
        {said}
      </Link>
    )
  }
  if (step.notPossible !== null) return <Status word="check" plain text={words(`notPossible.${step.notPossible}`)} />
  if (step.taskDone !== null) return <Status word={step.taskDone ? 'finished' : 'open'} plain text={words(step.taskDone ? 'case.taskDone' : 'case.taskOpen')} /> // biome-ignore format: one line
  return <span className="muted">–</span>
}
const messageWords: Readonly<Record<string, string>> = {
  queued: 'queued',
  kept: 'dunningBlocked',
  sending: 'running',
  sent: 'sent',
  uncertain: 'check',
  failed: 'failed',
  withheld: 'cancelled',
}
