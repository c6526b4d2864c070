import { Button, Modal } from 'antd'
import { useState } from 'react'
import { deleteApiKey, getApiKeys } from '../../../modules/people/people.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import type { Column } from '../../ui/column.ts'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { NewKeyForm } from './new-key-form.tsx'

type Key = Answer<typeof getApiKeys>['items'][number]

/** Keys for programs: who made them, what they may, when they were last used. */
export function ApiKeysPage() {
  const words = useWords('people')
  const keys = useApi(getApiKeys)
  const [creating, setCreating] = useState(false)
  const columns = useColumns()
  const create = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {words('keys.create')}
    </Button>
  )
  const reference = (
    <a href="/api/reference" target="_blank" rel="noreferrer">
      {words('keys.reference')}
    </a>
  )
  return (
    <>
      <PageHead
        title={words('keys.title')}
        meta={words('keys.meta')}
        actions={
          <>
            {reference} {create}
          </>
        }
      />
      <Panel flush>
        <Loaded query={keys}>
          {({ items }) => (
            <DataTable<Key>
              name="apiKeys"
              label={words('keys.title')}
              columns={columns}
              rowKey={(row) => row.id}
              rows={items}
              empty={<EmptyState title={words('keys.empty')} text={words('keys.emptyText')} />}
            />
          )}
        </Loaded>
      </Panel>
      <Modal
        open={creating}
        title={words('keys.create')}
        footer={null}
        onCancel={() => setCreating(false)}
        destroyOnHidden
        mask={{ closable: false }}
      >
        {creating ? <NewKeyForm onClose={() => setCreating(false)} /> : null}
      </Modal>
    </>
  )
}

function useColumns(): Column<Key>[] {
  const words = useWords('people')
  const revoke = useAction(deleteApiKey)
  const scopes = (row: Key) => row.scopes.map((scope) => words(`permissions.${scope}`)).join(' · ')
  return [
    { key: 'name', title: words('keys.name'), render: (row) => <b>{row.name}</b> },
    { key: 'prefix', title: words('keys.prefix'), render: (row) => <code>{row.prefix}…</code> },
    { key: 'person', title: words('keys.person'), render: (row) => row.personName },
    {
      key: 'scopes',
      title: words('keys.scopes'),
      render: (row) => <span title={scopes(row)}>{words('keys.count', { count: row.scopes.length })}</span>,
    },
    {
      key: 'expiresOn',
      title: words('keys.expiresOn'),
      render: (row) =>
        row.expiresAt ? (
          <DayText value={new Date(Date.parse(row.expiresAt) - 86_400_000).toISOString().slice(0, 10)} />
        ) : (
          <span className="muted">{words('keys.never')}</span>
        ),
    },
    {
      key: 'lastUsedOn',
      title: words('keys.lastUsedOn'),
      render: (row) => (row.lastUsedOn ? <DayText value={row.lastUsedOn} /> : <span className="muted">{words('keys.unused')}</span>),
    },
    { key: 'status', title: words('list.status'), render: (row) => <Status plain word={row.status} /> },
    {
      key: 'revoke',
      title: '',
      align: 'right',
      render: (row) =>
        row.status === 'active' ? (
          <ConfirmDanger
            small
            label={words('keys.revoke')}
            title={words('keys.revokeTitle', { name: row.name })}
            consequence={words('keys.revokeText')}
            onConfirm={() => revoke.mutateAsync({ params: { id: row.id } })}
          />
        ) : null,
    },
  ]
}
