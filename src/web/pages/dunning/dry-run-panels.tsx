import { Link } from '@tanstack/react-router'
import type { dryRun, readRun } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import type { ApiQuery } from '../../queries.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'
import { actionIcons } from './action-chips.tsx'
import { countsSentence, levelSentence } from './run-words.ts'
import './dunning.css'

type DryRun = Answer<typeof dryRun>
type Planned = DryRun['planned'][number]
export type LeftOutRow = Answer<typeof readRun>['notPlanned'][number]

/** Days off without a name of their own. */
const UNNAMED = new Set(['weekend', 'holiday'])

/** What a run would do, with names, and who is left out and why. It writes nothing. */
export function DryRunPanels({ query, isToday }: { query: ApiQuery<DryRun>; isToday: boolean }) {
  const words = useWords('dunning')
  return (
    <Loaded query={query} rows={6}>
      {(data) => (
        <div className={`stack dunning-planned ${query.isPlaceholderData ? 'stale' : ''}`}>
          {data.restDay === null ? null : (
            <Note tone="info">
              {words('runs.restDay', { day: data.onDay, name: UNNAMED.has(data.restDay) ? words(`runs.${data.restDay}`) : data.restDay })}
            </Note>
          )}
          {data.alreadyRun && isToday ? <Note tone="info">{words('runs.alreadyRun')}</Note> : null}
          <Panel title={words('runs.planned', { day: data.onDay })} sub={countsSentence(data.counts, words)} flush>
            <DataTable<Planned>
              name="dunningPlanned"
              label={words('runs.planned', { day: data.onDay })}
              rows={data.planned}
              rowKey={(row) => row.customerId}
              to={(row) => paths.customer({ id: row.customerId })}
              columns={plannedColumns(words, data.currency)}
              phoneRow={(row) => ({
                title: row.customerName,
                amount: <Amount value={row.net} />,
                reason: levelSentence(row, words),
                mark: <Overdue days={row.overdueDays} short />,
              })}
              empty={<p className="panel-body secondary">{words('runs.nobodyPlanned')}</p>}
            />
          </Panel>
          <LeftOutPanel rows={data.notPlanned} counts={data.leftOut} currency={data.currency} />
        </div>
      )}
    </Loaded>
  )
}

function plannedColumns(words: Words, currency: string): Column<Planned>[] {
  return [
    { key: 'customer', title: words('cases.customer'), render: (row) => <b className="link-like"><CutText text={row.customerName} /></b> }, // biome-ignore format: one column
    { key: 'level', title: words('cases.level'), render: (row) => levelSentence(row, words) },
    {
      key: 'actions',
      title: words('runs.actions'),
      render: (row) =>
        row.actions.map((action) => (
          <div key={action.kind} className="row nowrap">
            {actionIcons[action.kind]}
            <span>{plannedSentence(action, words)}</span>
            <span className="secondary cut cut-text" title={action.to.join(', ')}>
              {action.to.join(', ')}
            </span>
          </div>
        )),
    },
    { key: 'items', title: words('case.itemCount'), align: 'right', render: (row) => row.items },
    { key: 'overdue', title: words('cases.oldest'), render: (row) => <Overdue days={row.overdueDays} /> },
    {
      key: 'net',
      title: `${words('case.net')}${words('shared:join.brackets', { text: currency })}`,
      align: 'right',
      render: (row) => <Amount value={row.net} strong />,
    },
  ]
}

function plannedSentence(action: Planned['actions'][number], words: Words): string {
  if (action.kind === 'email') {
    const said = words('actions.email', { template: words(`templateNames.${action.template ?? 'overdue'}`) })
    return action.notPossible === null ? said : [said, words(`plannedInstead.${action.notPossible}`)].join(words('shared:join.comma'))
  }
  if (action.kind === 'flagHighRisk') return words(action.hold ? 'actions.hold' : 'actions.flag')
  return words(`actionKinds.${action.kind}`)
}

/** Who had something due and was not reminded, and why: the proof that nobody was forgotten. */
export function LeftOutPanel({
  rows,
  counts,
  currency,
}: {
  rows: readonly LeftOutRow[]
  counts: readonly { reason: LeftOutRow['reason']; customers: number }[]
  currency: string
}) {
  const words = useWords('dunning')
  const sub = counts.map(({ reason, customers }) => words('runs.reasonCount', { reason: words(`leftOut.${reason}`), count: customers }))
  return (
    <Panel title={words('runs.notPlanned')} sub={sub.join(' · ')} flush>
      <DataTable<LeftOutRow>
        name="dunningLeftOut"
        label={words('runs.notPlanned')}
        rows={rows}
        rowKey={(row) => row.customerId}
        empty={<p className="panel-body secondary">{words('runs.nobodyLeftOut')}</p>}
        phoneRow={(row) => ({ title: row.customerName, amount: <Amount value={row.net} />, reason: reasonSentence(row, words) })}
        columns={[
          {
            key: 'customer',
            title: words('cases.customer'),
            render: (row) => (
              <Link to={paths.customer({ id: row.customerId })}>
                <CutText text={row.customerName} />
              </Link>
            ),
          },
          { key: 'reason', title: words('runs.reason'), render: (row) => reasonSentence(row, words) },
          {
            key: 'overdue',
            title: words('cases.oldest'),
            render: (row) => (row.overdueDays > 0 ? <Overdue days={row.overdueDays} /> : <span className="muted">–</span>),
          },
          {
            key: 'net',
            title: `${words('case.net')}${words('shared:join.brackets', { text: currency })}`,
            align: 'right',
            render: (row) => <Amount value={row.net} />,
          },
        ]}
      />
    </Panel>
  )
}

/** The reason in words, with the day on which it ends and what a person wrote. */
function reasonSentence({ reason, onDay, note }: LeftOutRow, words: Words): string {
  const said = words(`leftOut.${reason}`)
  const until = onDay === null ? undefined : words(reason === 'blocked' ? 'runs.until' : 'runs.from', { day: onDay })
  return [said, until, note].filter((part) => part).join(words('shared:join.comma'))
}
