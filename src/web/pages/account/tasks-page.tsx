import { Link } from '@tanstack/react-router'
import { Button, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { getTasks, postTaskOutcome } from '../../../modules/people/inbox.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type FilterChip, FilterRow } from '../../ui/filter-row.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'

type Task = Answer<typeof getTasks>['items'][number]

/** What this person is asked to do, by day. */
export function TasksPage() {
  const words = useWords('people')
  const { values, set, clear } = useFilters({ open: 'true', kind: [], dueUntil: '' })
  const { open, kind, dueUntil } = values
  const list = useList(getTasks, { query: { open, ...(kind.length > 0 ? { kind } : {}), ...(dueUntil === '' ? {} : { dueUntil }) } })
  const [finishing, setFinishing] = useState<Task>()
  const finishOf = (row: Task) =>
    row.doneAt === null ? (
      <Button size="small" onClick={() => setFinishing(row)}>
        {words('inbox.finish')}
      </Button>
    ) : null
  const columns: Column<Task>[] = [
    { key: 'dueOn', title: words('inbox.dueOn'), width: 120, render: (row) => <DayText value={row.dueOn} /> },
    { key: 'what', title: words('inbox.what'), render: (row) => <b>{words(`taskKinds.${row.kind}`, { defaultValue: row.kind })}</b> },
    {
      key: 'customer',
      title: words('inbox.customer'),
      render: (row) =>
        row.customerId ? <Link to={paths.customer({ id: row.customerId })}>{row.customerName}</Link> : <span className="muted">–</span>,
    },
    { key: 'about', title: words('inbox.about'), render: (row) => <span className="secondary">{aboutOf(row, words) || '–'}</span> },
    { key: 'outcome', title: words('inbox.outcome'), render: (row) => row.outcome ?? <span className="muted">–</span> },
    {
      key: 'finish',
      title: '',
      align: 'right',
      render: (row) => finishOf(row),
    },
  ]
  return (
    <>
      <PageHead
        title={words('inbox.tasks')}
        {...(list.query.data ? { meta: words('inbox.taskCount', { count: list.query.data.total ?? 0 }) } : {})}
      />
      {kind.length > 0 || dueUntil !== '' ? (
        <FilterRow chips={narrowed(words, kind, dueUntil, set)} onClear={clear}>
          {null}
        </FilterRow>
      ) : null}
      <Segmented
        className="below"
        value={values.open}
        onChange={(open) => set({ open })}
        options={[
          { value: 'true', label: words('inbox.openTasks') },
          { value: 'false', label: words('inbox.doneTasks') },
        ]}
      />
      <Panel flush>
        <DataTable<Task>
          name="tasks"
          label={words('inbox.tasks')}
          columns={columns}
          rowKey={(row) => row.id}
          list={list}
          phoneRow={(row) => ({
            title: words(`taskKinds.${row.kind}`, { defaultValue: row.kind }),
            amount: finishOf(row),
            reason: [row.customerName, row.outcome ?? aboutOf(row, words)].filter(Boolean).join(' · '),
            mark: <DayText value={row.dueOn} />,
          })}
          empty={<EmptyState title={words('inbox.noTasks')} text={words('inbox.noTasksText')} />}
        />
      </Panel>
      <Modal
        open={finishing !== undefined}
        footer={null}
        title={words('inbox.finish')}
        onCancel={() => setFinishing(undefined)}
        destroyOnHidden
      >
        {finishing ? <Finish task={finishing} onDone={() => setFinishing(undefined)} /> : null}
      </Modal>
    </>
  )
}

/** What a task of dunning is about: the level, the amount and how long it is overdue. */
function aboutOf({ params }: Task, words: Words): string {
  const { levelName, amount, currency, overdueDays } = params
  if (typeof amount !== 'string') return ''
  const owed = words('inbox.owed', { amount: `${formatDecimal(amount)} ${String(currency ?? '')}`, days: Number(overdueDays ?? 0) })
  return [levelName, owed].filter(Boolean).join(' · ')
}

/** What a link from the home page leaves out, to be seen and taken away. */
function narrowed(
  words: Words,
  kind: readonly string[],
  dueUntil: string,
  set: (change: { kind?: string[]; dueUntil?: string }) => void,
): FilterChip[] {
  const kinds = kind.map((one) => ({
    label: words(`taskKinds.${one}`, { defaultValue: one }),
    onRemove: () => set({ kind: kind.filter((other) => other !== one) }),
  }))
  return dueUntil === '' ? kinds : [...kinds, { label: words('inbox.dueUntil', { day: dueUntil }), onRemove: () => set({ dueUntil: '' }) }]
}

function Finish({ task, onDone }: { task: Task; onDone: () => void }) {
  const words = useWords('people')
  const finish = useAction(postTaskOutcome, { onDone })
  const submit = ({ outcome }: { outcome?: string }) =>
    finish.mutateAsync({ params: { id: task.id }, body: { outcome: outcome ?? '', version: task.version } })
  return (
    <FormPage<{ outcome?: string }> initial={{}} onSubmit={submit} submitLabel={words('inbox.finish')} onCancel={onDone}>
      <FormField name="outcome" label={words('inbox.outcome')} help={words('inbox.outcomeHelp')} optional>
        <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 3 }} />
      </FormField>
    </FormPage>
  )
}
