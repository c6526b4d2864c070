import { PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { createLadder, listLadders } from '../../../modules/dunning/ladders.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { AssignDialog } from './assign-dialog.tsx'

export type LadderRow = Answer<typeof listLadders>['items'][number]

/** 催收流程: every ladder with what is live of it, whom it counts for, and whether a draft waits. */
export function LaddersPage() {
  const words = useWords('dunning')
  const { may } = useSession()
  const query = useApi(listLadders)
  const [creating, setCreating] = useState(false)
  const [assigning, setAssigning] = useState<string>()
  return (
    <>
      <PageHead
        title={words('ladders.title')}
        meta={words('ladders.meta')}
        actions={
          <>
            <PageLink to={paths.dunningTemplates()}>{words('templates.title')}</PageLink>
            {may('dunning.edit') ? (
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
                {words('ladders.new')}
              </Button>
            ) : null}
          </>
        }
      />
      <Panel flush>
        <Loaded query={query}>
          {({ items }) => (
            <>
              <DataTable<LadderRow>
                name="dunningLadders"
                label={words('ladders.title')}
                rows={items}
                rowKey={(row) => row.id}
                to={(row) => paths.dunningLadder({ id: row.id })}
                columns={columnsOf(words, may('dunning.edit') ? setAssigning : undefined)}
                phoneRow={(row) => ({
                  title: row.name,
                  amount: words('ladders.customersOf', { count: row.customers }),
                  reason: row.live ? words('ladder.liveSince', { no: row.live.no, day: row.live.validFrom }) : words('ladder.neverLive'),
                  mark: <LadderState row={row} />,
                })}
                empty={<EmptyState title={words('ladders.empty')} text={words('ladders.meta')} />}
              />
              {creating ? <NewLadder ladders={items} onClose={() => setCreating(false)} /> : null}
            </>
          )}
        </Loaded>
      </Panel>
      {assigning ? <AssignDialog id={assigning} onClose={() => setAssigning(undefined)} /> : null}
    </>
  )
}

function columnsOf(words: Words, onAssign: ((id: string) => void) | undefined): Column<LadderRow>[] {
  return [
    {
      key: 'name',
      title: words('ladders.name'),
      render: (row) => (
        <span className="row">
          <b className="link-like">{row.name}</b>
          {row.isStandard ? <span className="muted small">{words('ladders.standard')}</span> : null}
        </span>
      ),
    },
    { key: 'state', title: words('ladders.state'), render: (row) => <LadderState row={row} /> },
    {
      key: 'live',
      title: words('ladders.live'),
      render: (row) => (row.live ? words('ladder.liveSince', { no: row.live.no, day: row.live.validFrom }) : words('ladder.neverLive')),
    },
    { key: 'levels', title: words('ladders.levels'), align: 'right', render: (row) => (row.live ?? row.draft)?.levels.length ?? '–' },
    {
      key: 'classes',
      title: words('ladders.classes'),
      render: (row) => (row.isStandard ? words('ladders.everybodyElse') : row.classes.join(', ') || '–'),
    },
    { key: 'customers', title: words('ladders.customers'), align: 'right', render: (row) => row.customers.toLocaleString('en-US') },
    ...(onAssign
      ? [
          {
            key: 'assign',
            title: '',
            align: 'right' as const,
            render: (row: LadderRow) => (
              <Button size="small" type="link" onClick={() => onAssign(row.id)}>
                {words('ladders.assign')}
              </Button>
            ),
          },
        ]
      : []),
  ]
}

function LadderState({ row }: { row: LadderRow }) {
  const words = useWords('dunning')
  if (row.status === 'disabled') return <Status word="disabled" plain />
  if (row.draft?.status === 'waiting') return <Status word="awaitingApproval" plain />
  if (row.draft) return <Status word="draft" plain text={words('ladders.hasDraft')} />
  return <Status word={row.live ? 'active' : 'draft'} plain />
}

function NewLadder({ ladders, onClose }: { ladders: readonly LadderRow[]; onClose: () => void }) {
  const words = useWords('dunning')
  const navigate = useNavigate()
  const create = useAction(createLadder, { onDone: ({ id }) => void navigate({ to: paths.dunningLadder({ id }) }) })
  const options = ladders.filter(({ live }) => live !== null).map(({ id, name }) => ({ value: id, label: name }))
  type Values = { name: string; copyOf: string }
  return (
    <Modal open footer={null} title={words('ladders.new')} onCancel={onClose} destroyOnHidden>
      <FormPage<Values>
        initial={options[0] ? { copyOf: options[0].value } : {}}
        onSubmit={(body) => create.mutateAsync({ body })}
        submitLabel={words('ladders.create')}
        onCancel={onClose}
      >
        <FormField name="name" label={words('ladders.name')}>
          <Input maxLength={60} autoFocus />
        </FormField>
        <FormField name="copyOf" label={words('ladders.copyOf')} help={words('ladders.copyOfHelp')}>
          <Select options={options} />
        </FormField>
      </FormPage>
    </Modal>
  )
}
