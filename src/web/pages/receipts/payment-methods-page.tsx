import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { addMethod, editMethod, listMethods } from '../../../modules/receipts/receipt-methods.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { MasterForm } from './master-form.tsx'

type Method = Answer<typeof listMethods>['items'][number]
type Edited = Omit<Method, 'id' | 'version'> & { id?: string; version?: number }

/** 收款方式: added, renamed, disabled; never deleted, because receipts name them. */
export function PaymentMethodsPage() {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const query = useApi(listMethods)
  const [edited, setEdited] = useState<Edited>()
  const add = (
    <Button type="primary" onClick={() => setEdited({ code: '', name: '', status: 'active' })}>
      {words('addMethod')}
    </Button>
  )
  return (
    <div className="form-width">
      <PageHead title={words('methodsTitle')} meta={words('methodsMeta')} actions={add} />
      <Panel flush>
        <Loaded query={query}>
          {({ items }) => (
            <DataTable
              name="payment-methods"
              label={words('methodsTitle')}
              rows={items}
              rowKey={(row) => row.id}
              empty={<EmptyState title={words('noMethods')} action={add} />}
              columns={[
                { key: 'name', title: words('methodName'), render: (row) => row.name },
                { key: 'code', title: words('code'), render: (row) => row.code },
                { key: 'status', title: words('fields.status'), render: (row) => <Status word={row.status} plain /> },
                {
                  key: 'edit',
                  title: '',
                  align: 'right',
                  render: (row) => (
                    <Button size="small" type="link" onClick={() => setEdited(row)}>
                      {shared('edit')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {edited ? <MethodForm method={edited} onClose={() => setEdited(undefined)} /> : null}
    </div>
  )
}

function MethodForm({ method, onClose }: { method: Edited; onClose: () => void }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const add = useAction(addMethod)
  const edit = useAction(editMethod)
  const required = [{ required: true, message: shared('form.required') }]
  const save = ({ id, version, code, name, status }: Edited) =>
    id === undefined || version === undefined
      ? add.mutateAsync({ body: { code, name } })
      : edit.mutateAsync({ params: { id }, body: { code, name, status, version } })
  return (
    <MasterForm<Edited> title={method.id ? method.name : words('addMethod')} initial={method} onSave={save} onClose={onClose}>
      <Form.Item name="name" label={words('methodName')} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="code" label={words('code')} rules={required}>
        <Input maxLength={40} />
      </Form.Item>
      {method.id ? (
        <Form.Item name="status" label={words('fields.status')}>
          <Select options={(['active', 'disabled'] as const).map((value) => ({ value, label: shared(`status.${value}`) }))} />
        </Form.Item>
      ) : null}
    </MasterForm>
  )
}
