import { Button, Select, Tabs } from 'antd'
import { useState } from 'react'
import { getPeople } from '../../../modules/people/people.api.ts'
import { roles } from '../../../modules/people/roles.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { instantWords } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { TeamsPanel } from './teams-panel.tsx'

type Row = Answer<typeof getPeople>['items'][number]

/** Everybody who may sign in, and the teams. */
export function PeoplePage() {
  const words = useWords('people')
  const { may } = useSession()
  const { values, set } = useFilters({ tab: 'people' })
  const [inviting, setInviting] = useState(false)
  const tabs = [
    { key: 'people', label: words('list.tabPeople'), children: <PeopleList onInvite={() => setInviting(true)} /> },
    { key: 'teams', label: words('list.tabTeams'), children: <TeamsPanel /> },
  ]
  const invite = may('people.edit') ? (
    <Button type="primary" onClick={() => setInviting(true)}>
      {words('list.invite')}
    </Button>
  ) : undefined
  return (
    <>
      <PageHead title={words('list.title')} actions={invite} />
      <Tabs className="page-tabs" activeKey={values.tab} onChange={(tab) => set({ tab })} items={tabs} />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </>
  )
}

function PeopleList({ onInvite }: { onInvite: () => void }) {
  const words = useWords('people')
  const roleWords = useWords('shell')
  const statusWords = useWords('shared')
  const { may } = useSession()
  const { values, set, clear, active } = useFilters({ tab: 'people', q: '', role: '', status: '' })
  const list = useList(getPeople, {
    query: {
      ...(values.q ? { q: values.q } : {}),
      ...(values.role ? { role: values.role } : {}),
      ...(values.status ? { status: values.status } : {}),
    },
  })
  const nothing =
    active.length > 0 ? (
      <NoResult filters={active.length} onClear={clear} />
    ) : (
      <EmptyState
        title={words('list.empty')}
        text={words('list.emptyText')}
        action={may('people.edit') ? <Button onClick={onInvite}>{words('list.invite')}</Button> : undefined}
      />
    )
  return (
    <>
      <FilterRow>
        <FilterSearch value={values.q} onChange={(q) => set({ q })} placeholder={words('list.search')} />
        <FilterField label={words('list.role')}>
          <Select
            value={values.role}
            onChange={(role) => set({ role })}
            options={[{ value: '', label: statusWords('all') }, ...roles.map((value) => ({ value, label: roleWords(`roles.${value}`) }))]}
            popupMatchSelectWidth={false}
          />
        </FilterField>
        <FilterField label={words('list.status')}>
          <Select
            value={values.status}
            onChange={(status) => set({ status })}
            options={[
              { value: '', label: statusWords('all') },
              ...['active', 'invited', 'disabled'].map((value) => ({ value, label: statusWords(`status.${value}`) })),
            ]}
            popupMatchSelectWidth={false}
          />
        </FilterField>
      </FilterRow>
      <Panel flush>
        <DataTable<Row>
          name="people"
          label={words('list.title')}
          columns={useColumns()}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.person({ id: row.id })}
          empty={nothing}
        />
      </Panel>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const words = useWords('people')
  const roleWords = useWords('shell')
  const { company } = useSession()
  const until = (row: Row) =>
    row.invitedUntil === null
      ? undefined
      : Date.parse(row.invitedUntil) < Date.now()
        ? words('list.linkExpired')
        : words('list.invitedUntil', { day: instantWords(row.invitedUntil, company.timeZone) })
  return [
    { key: 'name', title: words('list.name'), render: (row) => <b>{row.name}</b> },
    { key: 'email', title: words('list.email'), render: (row) => row.email },
    { key: 'role', title: words('list.role'), render: (row) => roleWords(`roles.${row.role}`) },
    { key: 'scope', title: words('list.scope'), render: (row) => words(`scopes.${row.dataScope}`) },
    { key: 'team', title: words('list.team'), render: (row) => row.teamName ?? <span className="muted">–</span> },
    {
      key: 'totp',
      title: words('list.totp'),
      render: (row) => <span className={row.totp ? '' : 'muted'}>{words(row.totp ? 'list.totpOn' : 'list.totpOff')}</span>,
    },
    {
      key: 'status',
      title: words('list.status'),
      render: (row) => (
        <span className="row">
          <Status plain word={row.status} /> {row.status === 'invited' ? <span className="muted small">{until(row)}</span> : null}
        </span>
      ),
    },
  ]
}
