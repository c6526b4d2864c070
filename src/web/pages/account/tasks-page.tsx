import { Link } from '@tanstack/react-router'
import { Button, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { getTasks, postTaskOutcome } from '../../../modules/people/inbox.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Task = Answer<typeof getTasks>['items'][number]

/** What this person is asked to do, by day. */
export function TasksPage() {
  const words = useWords('people')
  const { values, set } = useFilters({ open: 'true' })
  const list = useList(getTasks, { query: { open: values.open } })
  const [finishing, setFinishing] = useState<Task>()
  const columns: Column<Task>[] = [
    { key: 'dueOn', title: words('inbox.dueOn'), width: 120, render: (row) => <DayText value={row.dueOn} /> },
    { key: 'what', title: words('inbox.what'), render: (row) => <b>{words(`taskKinds.${row.kind}`, { defaultValue: row.kind })}</b> },
    {
      key: 'customer',
      title: words('inbox.customer'),
      render: (row) =>
        row.customerId ? <Link to={paths.customer({ id: row.customerId })}>{row.customerName}</Link> : <span className="muted">–</span>,
    },
    { key: 'outcome', title: words('inbox.outcome'), render: (row) => row.outcome ?? <span className="muted">–</span> },
    {
      key: 'finish',
      title: '',
      align: 'right',
      render: (row) =>
        row.doneAt === null ? (
          <Button size="small" onClick={() => setFinishing(row)}>
            {words('inbox.finish')}
          </Button>
        ) : null,
    },
  ]
  return (
    <>
      <PageHead title={words('inbox.tasks')} />
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
