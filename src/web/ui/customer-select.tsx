import { Select } from 'antd'
import { useState } from 'react'
import { findCustomers } from '../../modules/customers/customers.api.ts'
import { useApi } from '../queries.ts'

/** A customer by code, name, short name or tax id: typed text asks the server for a few. '' = none. Works inside a Form.Item. */
export function CustomerSelect(props: {
  value?: string | undefined
  onChange?: (id: string) => void
  id?: string
  placeholder?: string
  'aria-label'?: string
}) {
  const { value = '', onChange, ...rest } = props
  const [typed, setTyped] = useState('')
  const found = useApi(findCustomers, { query: { q: typed } })
  const chosen = useApi(findCustomers, { query: { id: value } }, { enabled: value !== '' })
  const items = [...(value === '' ? [] : (chosen.data?.items ?? []).filter((one) => one.id === value)), ...(found.data?.items ?? [])]
  const options = [...new Map(items.map((one) => [one.id, one])).values()].map((one) => ({
    value: one.id,
    label: `${one.name} · ${one.code}`,
  }))
  return (
    <Select
      {...rest}
      className="customer-select"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      loading={found.isFetching}
      value={value === '' ? null : value}
      options={options}
      onChange={(id: string | null | undefined) => onChange?.(id ?? '')}
    />
  )
}
