import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { postEntity, putEntity } from '../../../modules/company/company.api.ts'
import { useAction } from '../../queries.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import type { ShownCompany } from './company-page.tsx'

type Entity = ShownCompany['entities'][number]

/** Legal entities (法人主体). */
export function EntitiesPanel({ company, mayEdit }: { company: ShownCompany; mayEdit: boolean }) {
  const words = useWords('company')
  const shared = useWords('shared')
  const [edited, setEdited] = useState<Entity | 'new'>()
  const edit: Column<Entity>[] = mayEdit
    ? [
        {
          key: 'edit',
          title: '',
          align: 'right',
          render: (row) => (
            <Button size="small" onClick={() => setEdited(row)}>
              {shared('edit')}
            </Button>
          ),
        },
      ]
    : []
  const columns: Column<Entity>[] = [
    { key: 'code', title: words('entities.code'), render: (row) => row.code },
    { key: 'name', title: words('entities.name'), render: (row) => <b>{row.name}</b> },
    { key: 'status', title: words('entities.status'), render: (row) => <Status plain word={row.status} /> },
    ...edit,
  ]
  const add = mayEdit ? (
    <Button size="small" onClick={() => setEdited('new')}>
      {words('entities.add')}
    </Button>
  ) : undefined
  return (
    <Panel flush title={words('entities.title')} sub={words('entities.sub')} extra={add}>
      <DataTable<Entity>
        name="entities"
        label={words('entities.title')}
        columns={columns}
        rowKey={(row) => row.id}
        rows={company.entities}
        empty={null}
      />
      <Modal
        open={edited !== undefined}
        footer={null}
        onCancel={() => setEdited(undefined)}
        title={words(edited === 'new' ? 'entities.add' : 'entities.edit')}
        destroyOnHidden
      >
        {edited ? <EntityForm entity={edited} onDone={() => setEdited(undefined)} /> : null}
      </Modal>
    </Panel>
  )
}

type Values = { code: string; name: string; taxId?: string; status: 'active' | 'inactive' }

function EntityForm({ entity, onDone }: { entity: Entity | 'new'; onDone: () => void }) {
  const words = useWords('company')
  const shared = useWords('shared')
  const add = useAction(postEntity, { onDone })
  const edit = useAction(putEntity, { onDone })
  const submit = ({ code, name, taxId, status }: Values) => {
    const details = { code, name, taxId: taxId ? taxId : null }
    return entity === 'new'
      ? add.mutateAsync({ body: details })
      : edit.mutateAsync({ params: { id: entity.id }, body: { ...details, status, version: entity.version } })
  }
  const initial =
    entity === 'new'
      ? { status: 'active' as const }
      : {
          code: entity.code,
          name: entity.name,
          status: entity.status as Values['status'],
          ...(entity.taxId ? { taxId: entity.taxId } : {}),
        }
  return (
    <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={shared('save')} onCancel={onDone}>
      <FormField name="code" label={words('entities.code')}>
        <Input maxLength={20} />
      </FormField>
      <FormField name="name" label={words('entities.name')}>
        <Input maxLength={200} />
      </FormField>
      <FormField name="taxId" label={words('entities.taxId')} optional>
        <Input maxLength={40} />
      </FormField>
      {entity === 'new' ? null : (
        <FormField name="status" label={words('entities.status')}>
          <Select options={(['active', 'inactive'] as const).map((value) => ({ value, label: words(`entities.${value}`) }))} />
        </FormField>
      )}
    </FormPage>
  )
}
