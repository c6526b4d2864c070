import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { getTeams, postTeam, putTeam } from '../../../modules/people/people.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Team = Answer<typeof getTeams>['items'][number]

/** Teams: whose customers a sales manager sees. */
export function TeamsPanel() {
  const words = useWords('people')
  const { may } = useSession()
  const teams = useApi(getTeams)
  const [edited, setEdited] = useState<Team | 'new'>()
  const mayEdit = may('people.edit')
  const columns: Column<Team>[] = [
    { key: 'name', title: words('teams.name'), render: (row) => <b>{row.name}</b> },
    { key: 'members', title: words('teams.members'), align: 'right', width: 120, render: (row) => row.members },
    ...(mayEdit
      ? [
          {
            key: 'rename',
            title: '',
            align: 'right' as const,
            width: 120,
            render: (row: Team) => (
              <Button size="small" onClick={() => setEdited(row)}>
                {words('teams.rename')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  const add = mayEdit ? (
    <Button size="small" onClick={() => setEdited('new')}>
      {words('teams.add')}
    </Button>
  ) : undefined
  return (
    <Panel flush title={words('list.tabTeams')} sub={words('teams.emptyText')} extra={add}>
      <Loaded query={teams}>
        {({ items }) => (
          <DataTable<Team>
            name="teams"
            label={words('list.tabTeams')}
            columns={columns}
            rowKey={(row) => row.id}
            rows={items}
            empty={<EmptyState title={words('teams.empty')} text={words('teams.emptyText')} />}
          />
        )}
      </Loaded>
      <Modal
        open={edited !== undefined}
        footer={null}
        onCancel={() => setEdited(undefined)}
        title={words(edited === 'new' ? 'teams.add' : 'teams.rename')}
        destroyOnHidden
      >
        {edited ? <TeamForm team={edited} onDone={() => setEdited(undefined)} /> : null}
      </Modal>
    </Panel>
  )
}

function TeamForm({ team, onDone }: { team: Team | 'new'; onDone: () => void }) {
  const words = useWords('people')
  const add = useAction(postTeam, { onDone })
  const rename = useAction(putTeam, { onDone })
  const submit = ({ name }: { name: string }) =>
    team === 'new'
      ? add.mutateAsync({ body: { name } })
      : rename.mutateAsync({ params: { id: team.id }, body: { name, version: team.version } })
  return (
    <FormPage<{ name: string }>
      initial={team === 'new' ? {} : { name: team.name }}
      onSubmit={submit}
      submitLabel={words('edit.save')}
      onCancel={onDone}
    >
      <FormField name="name" label={words('teams.name')}>
        <Input autoFocus maxLength={60} />
      </FormField>
    </FormPage>
  )
}
