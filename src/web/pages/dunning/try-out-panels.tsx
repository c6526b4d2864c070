import { ArrowDownOutlined, ArrowUpOutlined, ReloadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { exportDiffering, tryOnHistory } from '../../../modules/dunning/try-on-history.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Chart } from '../../ui/chart.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWork } from '../../use-work.ts'
import { phraseText, useWords, type Words } from '../../words.ts'
import { draftIssues } from './levels-panel.tsx'
import type { Ladder, LadderDraft } from './use-ladder-draft.ts'

type Tried = Answer<typeof tryOnHistory>
type Figures = Tried['live']
const MONTHS = [3, 6, 12] as const

/** 在历史上试算: what the draft would have done in the last months, beside what is live. It reads history and sends nothing. */
export function TryOutPanels({ ladder, draft }: { ladder: Ladder; draft: LadderDraft }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const [months, setMonths] = useState<number>(6)
  const input = { params: { id: ladder.id }, query: { months } }
  const tried = useApi(tryOnHistory, input)
  const { busy, problem, run } = useWork()
  const mayTry = draftIssues(draft, ladder.currency).length === 0
  const again = () => void run(() => (draft.isDirty && may('dunning.edit') ? draft.save() : Promise.resolve(0)).then(() => tried.refetch()))
  useKeys([{ keys: 'r', label: words('tried.again'), run: again, disabled: !mayTry }])
  const isRunning = busy !== false || tried.isFetching
  return (
    <>
      <Panel
        title={words('tried.title')}
        flush
        extra={
          <span className="row">
            <Select
              size="small"
              aria-label={words('tried.monthsLabel')}
              value={months}
              onChange={setMonths}
              options={MONTHS.map((value) => ({ value, label: words('tried.months', { count: value }) }))}
            />
            <Button
              size="small"
              icon={<ReloadOutlined aria-hidden />}
              loading={isRunning}
              disabled={!mayTry}
              onClick={again}
              aria-keyshortcuts="r"
            >
              {words('tried.again')} <KeyHint keys="r" />
            </Button>
          </span>
        }
      >
        {problem ? <ErrorState problem={problem} /> : null}
        <Loaded query={tried} rows={8}>
          {(data) => <TriedFigures data={data} isOld={draft.isDirty || tried.isPlaceholderData} isRunning={isRunning} />}
        </Loaded>
      </Panel>
      {tried.data && tried.data.customers > 0 ? (
        <>
          <LevelCounts data={tried.data} />
          <DifferingCustomers data={tried.data} ladder={ladder} months={months} />
        </>
      ) : null}
      <p className="muted small">{words('tried.honest')}</p>
    </>
  )
}

function TriedFigures({ data, isOld, isRunning }: { data: Tried; isOld: boolean; isRunning: boolean }) {
  const words = useWords('dunning')
  const state = isRunning ? 'running' : isOld ? 'check' : 'finished'
  const sub = words('tried.of', {
    from: data.from,
    until: data.until,
    customers: data.customers.toLocaleString('en-US'),
    receivables: data.receivables.toLocaleString('en-US'),
  })
  return (
    <>
      <div className="row between wrap dunning-tried-sub">
        <span className="muted small">{sub}</span>
        <Status word={state} text={words(`tried.states.${state}`)} />
      </div>
      {data.customers === 0 ? (
        <p className="panel-body secondary">{words('tried.nobody')}</p>
      ) : (
        <div className={isOld ? 'stale' : ''}>
          <FigureTable data={data} words={words} />
          {data.warning ? (
            <div className="dunning-warning">
              <Note tone="warning">{phraseText(data.warning as Parameters<typeof phraseText>[0])}</Note>
            </div>
          ) : null}
        </div>
      )}
    </>
  )
}

type Line = { key: keyof Figures; live: ReactNode; draft: ReactNode; change: ReactNode }

/** Fewer of these is better, so that a change can say whether it is one for the better. */
const FEWER_IS_BETTER: ReadonlySet<keyof Figures> = new Set(['messages', 'tasks', 'held', 'wronglyChased', 'neverChased'])

function FigureTable({ data: { live, draft }, words }: { data: Tried; words: Words }) {
  const said = (key: keyof Figures, figures: Figures): string => {
    if (key === 'firstReminderDays') return firstReminder(figures.firstReminderDays, words)
    return words(`tried.units.${key}`, { count: figures[key], n: figures[key].toLocaleString('en-US') })
  }
  const lines = (['messages', 'tasks', 'firstReminderDays', 'held', 'wronglyChased', 'neverChased'] as const).map(
    (key): Line => ({
      key,
      live: <span className="secondary nowrap">{said(key, live)}</span>,
      draft: <b className="nowrap">{said(key, draft)}</b>,
      change: <ChangeText name={key} live={live} draft={draft} words={words} />,
    }),
  )
  return (
    <DataTable<Line>
      name="triedFigures"
      label={words('tried.title')}
      rows={lines}
      rowKey={(line) => line.key}
      phoneRow={(line) => ({
        title: words(`tried.figures.${line.key}`),
        amount: line.draft,
        reason: (
          <>
            {words('tried.live')} {line.live}
          </>
        ),
        mark: line.change,
      })}
      empty={null}
      columns={[
        { key: 'what', title: words('tried.figure'), render: (line) => words(`tried.figures.${line.key}`) },
        { key: 'live', title: words('tried.live'), align: 'right', render: (line) => line.live },
        { key: 'draft', title: words('tried.draft'), align: 'right', render: (line) => line.draft },
        { key: 'change', title: words('tried.change'), align: 'right', render: (line) => line.change },
      ]}
    />
  )
}

function firstReminder(days: number | null, words: Words): string {
  if (days === null) return words('tried.noReminder')
  if (days === 0) return words('tried.onDueDay')
  return words(days < 0 ? 'tried.beforeDue' : 'tried.afterDue', { count: Math.abs(days) })
}

/** The arrow says which way, the number how much; colour only repeats it. */
function ChangeText({ name, live, draft, words }: { name: keyof Figures; live: Figures; draft: Figures; words: Words }) {
  const [before, after] = [live[name], draft[name]]
  if (before === null || after === null || before === after) return <span className="muted">–</span>
  const by = after - before
  if (name === 'firstReminderDays')
    return <span className="nowrap">{words(by < 0 ? 'tried.sooner' : 'tried.later', { count: Math.abs(by) })}</span>
  const tone = FEWER_IS_BETTER.has(name) && by < 0 ? 'success' : 'warn'
  return (
    <span className={`nowrap ${tone}`}>
      {by > 0 ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />}{' '}
      {words(by > 0 ? 'tried.up' : 'tried.down', { count: Math.abs(by) })}
    </span>
  )
}

function LevelCounts({ data }: { data: Tried }) {
  const words = useWords('dunning')
  const series = (key: 'live' | 'draft', tint: 'cert-dueOnly' | 'cert-promise') => ({
    name: words(`tried.${key}`),
    values: data.levels.map((level) => level[key]),
    kind: 'bar' as const,
    tint,
  })
  return (
    <Chart
      title={words('tried.perLevel')}
      sub={words('tried.perLevelSub')}
      height={56 + data.levels.length * 36}
      data={{
        categories: data.levels.map(({ name }) => name),
        series: [series('live', 'cert-dueOnly'), series('draft', 'cert-promise')],
        unit: 'count',
        layout: 'rows',
      }}
    />
  )
}

function DifferingCustomers({ data, ladder, months }: { data: Tried; ladder: Ladder; months: number }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const { differing, currency } = data
  type Row = (typeof differing.items)[number]
  return (
    <Panel
      className="dunning-differing"
      title={words('tried.differing')}
      sub={words('tried.differingSub', { count: differing.total })}
      flush
      extra={
        differing.total > 0 && may('reports.export') ? (
          <DownloadButton
            route={exportDiffering}
            input={{ params: { id: ladder.id }, query: { months } }}
            name="customers.xlsx"
            look={{ type: 'link', size: 'small' }}
          >
            {words('tried.exportAll')}
          </DownloadButton>
        ) : undefined
      }
    >
      <DataTable<Row>
        name="differingCustomers"
        label={words('tried.differing')}
        rows={differing.items}
        rowKey={(row) => row.customerId}
        empty={<p className="panel-body secondary">{words('tried.noneDiffers')}</p>}
        phoneRow={(row) => ({ title: row.name, amount: <Amount value={row.overdue} />, reason: differenceText(row) })}
        columns={[
          {
            key: 'customer',
            title: words('tried.customer'),
            render: (row) => (
              <Link className="cut cut-text" title={row.name} to={paths.customer({ id: row.customerId })}>
                {row.name}
              </Link>
            ),
          },
          { key: 'difference', title: words('tried.difference'), render: differenceText },
          {
            key: 'overdue',
            title: `${words('tried.overdue')}${words('shared:join.brackets', { text: currency })}`,
            align: 'right',
            render: (row) => <Amount value={row.overdue} />,
          },
        ]}
      />
    </Panel>
  )
}

function differenceText(row: { difference: unknown }): string {
  return phraseText(row.difference as Parameters<typeof phraseText>[0])
}
