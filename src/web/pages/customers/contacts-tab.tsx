import { Button, Checkbox, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { addContact, contactPurposes, editContact, listContacts } from '../../../modules/customers/customer-file.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Contact = Answer<typeof listContacts>['items'][number]
type Values = { name: string; job?: string; phone?: string; email?: string; purpose?: string[]; isPrimary?: boolean; status?: string }

/** Contacts, the primary one first; retired ones stay at the end. */
export function ContactsTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const { may } = useSession()
  const contacts = useApi(listContacts, { params: { id: customerId } })
  const [editing, setEditing] = useState<Contact | 'new'>()
  const add = may('customers.edit') ? <Button onClick={() => setEditing('new')}>{words('contacts.add')}</Button> : null
  return (
    <>
      <Loaded query={contacts}>
        {({ items }) => (
          <DataTable
            name="customerContacts"
            label={words('tabs.contacts')}
            rows={items}
            rowKey={(row) => row.id}
            empty={<EmptyState title={words('contacts.none')} text={words('contacts.noneHelp')} action={add} />}
            footer={add}
            phoneRow={(row) => ({ title: row.name, amount: row.phone ?? '', reason: row.job ?? '', mark: row.email ?? '' })}
            columns={[
              {
                key: 'name',
                title: words('contacts.name'),
                render: (row) => (
                  <span className="row">
                    {row.name}
                    {row.isPrimary ? <Status word="active" plain text={words('contacts.primary')} /> : null}
                    {row.status === 'disabled' ? <Status word="disabled" plain /> : null}
                  </span>
                ),
              },
              { key: 'job', title: words('contacts.job'), render: (row) => row.job ?? '–' },
              { key: 'phone', title: words('fields.phone'), render: (row) => row.phone ?? '–' },
              { key: 'email', title: words('fields.email'), render: (row) => row.email ?? '–' },
              {
                key: 'purpose',
                title: words('contacts.purpose'),
                render: (row) => row.purpose.map((one) => words(`contacts.purposes.${one}`)).join(', ') || '–',
              },
              {
                key: 'edit',
                title: '',
                width: 70,
                render: (row) =>
                  may('customers.edit') ? (
                    <Button size="small" type="link" onClick={() => setEditing(row)}>
                      {words('shared:edit')}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
      {editing ? (
        <ContactDialog customerId={customerId} contact={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      ) : null}
    </>
  )
}

/** Only what differs is sent: a shortened number is never saved over the real one. */
function ContactDialog({ customerId, contact, onClose }: { customerId: string; contact: Contact | undefined; onClose: () => void }) {
  const words = useWords('customers')
  const [form] = Form.useForm<Values>()
  const add = useAction(addContact, { onDone: onClose })
  const edit = useAction(editContact, { onDone: onClose })
  const problem = add.error ?? edit.error
  const send = (values: Values) => {
    if (!contact)
      return add.mutate({
        params: { id: customerId },
        body: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as never,
      })
    const changed = Object.fromEntries(
      Object.entries(values).filter(
        ([name, value]) => JSON.stringify(contact[name as keyof Contact] ?? '') !== JSON.stringify(value ?? ''),
      ),
    )
    return edit.mutate({ params: { id: customerId, contactId: contact.id }, body: { version: contact.version, ...changed } as never })
  }
  return (
    <Modal
      open
      title={contact ? words('contacts.edit') : words('contacts.add')}
      okText={words('shared:save')}
      confirmLoading={add.isPending || edit.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={contact ?? {}} onFinish={send}>
        <Form.Item name="name" label={words('contacts.name')} rules={[{ required: true, message: words('shared:form.required') }]}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="job" label={words('contacts.job')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="phone" label={words('fields.phone')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="email" label={words('fields.email')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="purpose" label={words('contacts.purpose')}>
          <Select mode="multiple" options={contactPurposes.map((value) => ({ value, label: words(`contacts.purposes.${value}`) }))} />
        </Form.Item>
        <Form.Item name="isPrimary" valuePropName="checked">
          <Checkbox>{words('contacts.primary')}</Checkbox>
        </Form.Item>
        {contact ? (
          <Form.Item name="status" label={words('documents.status')}>
            <Select options={['active', 'disabled'].map((value) => ({ value, label: words(`shared:status.${value}`) }))} />
          </Form.Item>
        ) : null}
      </Form>
      {problem ? <ErrorState problem={problem} /> : null}
    </Modal>
  )
}
