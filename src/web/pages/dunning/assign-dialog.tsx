import { Input, Modal, Select, Switch } from 'antd'
import { useState } from 'react'
import { findCustomers } from '../../../modules/customers/customers.api.ts'
import { readLadder, updateLadder } from '../../../modules/dunning/ladders.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import type { Ladder } from './use-ladder-draft.ts'

/** Name and state of a ladder, and for whom it counts: classes of customers, and single ones. */
export function AssignDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords('dunning')
  const query = useApi(readLadder, { params: { id } })
  return (
    <Modal open footer={null} title={words('ladders.assign')} onCancel={onClose} destroyOnHidden>
      <Loaded query={query}>{(ladder) => <AssignForm ladder={ladder} onClose={onClose} />}</Loaded>
    </Modal>
  )
}

type Values = { name: string; classes: string[]; customerIds: string[]; active: boolean }

/** Saved over the version that it was opened with: who was assigned by somebody else meanwhile is not taken off again unseen. */
function AssignForm({ ladder: given, onClose }: { ladder: Ladder; onClose: () => void }) {
  const [ladder] = useState(given)
  const words = useWords('dunning')
  const update = useAction(updateLadder, { onDone: onClose })
  const { id, isStandard, version, name, classes, assigned, status } = ladder
  const initial = { name, classes, customerIds: assigned.map((one) => one.id), active: status === 'active' }
  const submit = (values: Values) => {
    const whom = isStandard
      ? {}
      : {
          classes: values.classes,
          customerIds: values.customerIds,
          status: values.active ? ('active' as const) : ('disabled' as const),
        }
    return update.mutateAsync({ params: { id }, body: { version, name: values.name, ...whom } })
  }
  return (
    <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={words('shared:save')} onCancel={onClose}>
      <FormField name="name" label={words('ladders.name')}>
        <Input maxLength={60} />
      </FormField>
      {isStandard ? (
        <p className="secondary">{words('ladders.standardHelp')}</p>
      ) : (
        <>
          <FormField name="classes" label={words('ladders.classes')} optional help={words('ladders.classesHelp')}>
            <Select mode="tags" tokenSeparators={[',', '，', '、']} />
          </FormField>
          <FormField name="customerIds" label={words('ladders.single')} optional help={words('ladders.singleHelp')}>
            <CustomersSelect known={assigned} />
          </FormField>
          <FormField name="active" label={words('ladders.inUse')} valuePropName="checked">
            <Switch />
          </FormField>
        </>
      )}
    </FormPage>
  )
}

type Named = { id: string; code: string; name: string }

/** Several customers by code or name. Works inside a Form.Item. */
function CustomersSelect(props: { known: readonly Named[]; value?: string[]; onChange?: (ids: string[]) => void; id?: string }) {
  const { known, value = [], onChange, id } = props
  const [typed, setTyped] = useState('')
  const found = useApi(findCustomers, { query: { q: typed } })
  const all = new Map([...known, ...(found.data?.items ?? [])].map((one) => [one.id, one.name]))
  return (
    <Select
      mode="multiple"
      {...(id === undefined ? {} : { id })}
      value={value}
      {...(onChange ? { onChange } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={[...all].map(([key, label]) => ({ value: key, label }))}
    />
  )
}
