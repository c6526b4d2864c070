import { Link, useParams } from '@tanstack/react-router'
import { listBlocks, readCase } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { LiftButton, PauseButton } from '../../ui/dunning-blocks.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { CaseState } from './cases-page.tsx'
import { levelSentence } from './run-words.ts'
import { StepsTable } from './steps-table.tsx'
import './dunning.css'

type Case = Answer<typeof readCase>
type Item = Case['items'][number]

/** A customer's running dunning: every step with what it named and what became of the message, and what comes next. */
export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useApi(readCase, { params: { id } })
  return <Loaded query={query}>{(data) => <CaseShown data={data} />}</Loaded>
}

function CaseShown({ data }: { data: Case }) {
  const words = useWords('dunning')
  const meta = [levelSentence(data, words), words('case.opened', { day: data.openedOn }), data.ladderName]
  return (
    <>
      <PageHead
        crumbs={[{ label: words('nav') }, { label: words('cases.title'), to: paths.dunningCases() }, { label: data.customerCode }]}
        title={data.customerName}
        status={<CaseState row={data} chip />}
        meta={meta.join(' · ')}
        actions={data.closedOn === null ? <PauseButton about={{ customerId: data.customerId }} name={data.customerName} /> : null}
      />
      <Pauses customerId={data.customerId} />
      {data.waits ? (
        <Note tone="info" lead={words('case.waits')}>
          {words('case.waitsWhy')}
        </Note>
      ) : null}
      {data.cutOn === null ? null : (
        <Note tone="warning" lead={words('case.cut')}>
          {words('case.cutWhy', { day: data.cutOn, levels: data.levels, level: data.level })}
        </Note>
      )}
      <div className="split">
        <div className="stack">
          <Panel title={words('case.steps')} sub={words('case.stepsSub')} flush>
            <StepsTable steps={data.steps} currency={data.currency} ofOne />
          </Panel>
          <Panel title={words('case.items')} sub={words('case.itemsSub')} flush>
            <DataTable<Item>
              name="dunningCaseItems"
              label={words('case.items')}
              rows={data.items}
              rowKey={(row) => `${row.receivableId} ${row.level} ${row.turn}`}
              to={(row) => paths.receivable({ id: row.receivableId })}
              columns={itemColumns(words)}
              phoneRow={(row) => ({
                title: row.no,
                amount: <Amount value={row.openNow} currency={row.currency} />,
                reason: words('case.itemAt', { level: row.level, day: row.dueOn }),
                mark: <ItemState item={row} words={words} />,
              })}
              empty={<p className="panel-body secondary">{words('case.noItems')}</p>}
            />
          </Panel>
        </div>
        <Facts data={data} />
      </div>
    </>
  )
}

function Facts({ data }: { data: Case }) {
  const words = useWords('dunning')
  const next = data.next ? (
    <>
      <DayText value={data.next.onDay} /> · {levelSentence({ ...data.next, levelName: data.next.name }, words)}
    </>
  ) : data.closedOn === null ? (
    quiet(data, words)
  ) : undefined
  return (
    <Panel title={words('case.facts')} sub={data.currency}>
      <KeyValues
        spread
        rows={[
          [words('cases.customer'), <Link key="customer" to={paths.customer({ id: data.customerId })}>{data.customerName}</Link>], // biome-ignore format: one row
          [
            words('cases.overdue'),
            <Link key="overdue" to={paths.receivables({ customerId: data.customerId, status: ['overdue'] })}>
              <Amount value={data.overdue} strong />
            </Link>,
          ],
          [words('cases.oldest'), data.oldestDueOn === null ? undefined : <Overdue key="oldest" days={data.overdueDays} />],
          [words('cases.lastStep'), data.lastStepOn === null ? undefined : <DayText key="last" value={data.lastStepOn} />],
          [words('cases.next'), next],
          [words('cases.salesperson'), data.salespersonName],
          [words('cases.collector'), data.collectorName],
          [words('case.ladder'), <Link key="ladder" to={paths.dunningLadder({ id: data.ladderId })}>{data.ladderName}</Link>], // biome-ignore format: one row
          [words('case.closedOn'), data.closedOn === null ? undefined : <DayText key="closed" value={data.closedOn} />],
        ]}
      />
    </Panel>
  )
}

/** Why nothing follows by itself: the last level is reached, or nothing is overdue (any more). A pause or a dispute is said above. */
function quiet({ level, levels, overdueDays }: Case, words: Words): string | undefined {
  if (level >= levels) return words('case.ended')
  return overdueDays === 0 ? words('case.notOverdue') : undefined
}

/** Running pauses of the customer and its receivables, each to be lifted here. */
export function Pauses({ customerId }: { customerId: string }) {
  const words = useWords('dunning')
  const { data } = useApi(listBlocks, { query: { customerId, running: 'true', limit: 20 } })
  return (data?.items ?? []).map((block) => (
    <div key={block.id} className="below">
      <Note
        tone="warning"
        lead={words(block.receivableNo === null ? 'blocks.isPaused' : 'blocks.isPausedFor', { no: block.receivableNo ?? '' })}
        action={<LiftButton block={block} />}
      >
        {words(block.untilOn === null ? 'blocks.saidOpen' : 'blocks.saidUntil', {
          day: block.untilOn ?? '',
          reason: block.reason,
          by: block.placedBy,
        })}
      </Note>
    </div>
  ))
}

function itemColumns(words: Words): Column<Item>[] {
  return [
    { key: 'no', title: words('case.itemNo'), render: (row) => <span className="link-like nowrap">{row.no}</span> },
    { key: 'level', title: words('cases.level'), align: 'right', render: (row) => row.level },
    { key: 'due', title: words('case.dueOn'), render: (row) => <DayText value={row.dueOn} /> },
    { key: 'open', title: words('case.openThen'), align: 'right', render: (row) => <Amount value={row.open} currency={row.currency} /> },
    {
      key: 'now',
      title: words('case.openNow'),
      align: 'right',
      render: (row) => <Amount value={row.openNow} currency={row.currency} strong />,
    },
    { key: 'state', title: words('cases.state'), render: (row) => <ItemState item={row} words={words} /> },
  ]
}

function ItemState({ item, words }: { item: Item; words: Words }) {
  if (item.voided) return <Status word="cancelled" plain text={words('case.voided')} />
  if (!/[1-9]/.test(item.openNow)) return <Status word="settled" plain />
  if (item.disputed) return <Status word="disputed" plain />
  return item.blocked ? <Status word="dunningBlocked" plain /> : null
}
