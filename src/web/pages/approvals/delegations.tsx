import { Button, Select } from 'antd'
import { useState } from 'react'
import { createDelegation, listDelegations, revoke } from '../../../modules/approvals/approvals.api.ts'
import { getPeopleToChoose } from '../../../modules/people/people.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { FilterField } from '../../ui/filter-row.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'

type Row = Answer<typeof listDelegations>['items'][number]

/** 审批代理: who decides in my place, from when until when. */
export function Delegations() {
  const words = useWords('approvals')
  const session = useSession()
  const list = useApi(listDelegations)
  const action = useAction(revoke)
  const columns: Column<Row>[] = [
    { key: 'person', title: words('delegation.person'), render: (row) => row.personName },
    { key: 'delegate', title: words('delegation.delegate'), render: (row) => row.delegateName },
    { key: 'from', title: words('delegation.from'), render: (row) => row.fromOn },
    { key: 'until', title: words('delegation.until'), render: (row) => row.untilOn },
    { key: 'state', title: words('delegation.state'), render: (row) => words(`delegation.states.${row.state}`) },
    {
      key: 'revoke',
      title: '',
      render: (row) =>
        row.personId === session.person.id && (row.state === 'running' || row.state === 'coming') ? (
          <Button size="small" onClick={() => action.mutate({ params: { id: row.id } })}>
            {words('delegation.revoke')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel title={words('delegations')} flush>
      <p className="secondary panel-body">{words('delegation.help')}</p>
      {action.error ? <Note tone="danger">{problemSentence(action.error)}</Note> : null}
      <NewDelegation />
      <Loaded query={list}>
        {(data) => (
          <DataTable<Row>
            name="delegations"
            label={words('delegations')}
            columns={columns}
            rowKey={(row) => row.id}
            rows={data.items}
            empty={<p className="secondary panel-body">{words('delegation.empty')}</p>}
          />
        )}
      </Loaded>
    </Panel>
  )
}

function NewDelegation() {
  const words = useWords('approvals')
  const session = useSession()
  const people = useApi(getPeopleToChoose)
  const [delegateId, setDelegateId] = useState<string>()
  const [fromOn, setFromOn] = useState(session.company.today)
  const [untilOn, setUntilOn] = useState('')
  const action = useAction(createDelegation, { onDone: () => setDelegateId(undefined) })
  const ready = delegateId !== undefined && fromOn !== '' && untilOn !== ''
  const options = (people.data?.items ?? [])
    .filter(({ id, role, status }) => id !== session.person.id && role !== 'auditor' && status === 'active')
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="panel-body">
      <div className="row wrap">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={words('delegation.delegate')}
          aria-label={words('delegation.delegate')}
          value={delegateId ?? null}
          onChange={(value: string) => setDelegateId(value)}
          options={options}
          style={{ minWidth: 180 }}
        />
        <FilterField label={words('delegation.from')}>
          <DayInput required value={fromOn} earliest={session.company.today} onChange={setFromOn} aria-label={words('delegation.from')} />
        </FilterField>
        <FilterField label={words('delegation.until')}>
          <DayInput required value={untilOn} earliest={fromOn} onChange={setUntilOn} aria-label={words('delegation.until')} />
        </FilterField>
        <Button
          type="primary"
          disabled={!ready}
          loading={action.isPending}
          onClick={() => action.mutate({ body: { delegateId: delegateId!, fromOn: fromOn as never, untilOn: untilOn as never } })}
        >
          {words('delegation.save')}
        </Button>
      </div>
      {action.error ? <Note tone="danger">{problemSentence(action.error)}</Note> : null}
    </div>
  )
}
