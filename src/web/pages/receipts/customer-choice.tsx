import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { findCustomers } from '../../../modules/customers/customers.api.ts'
import { useApi } from '../../queries.ts'
import { useWords } from '../../words.ts'

const TYPING_MS = 250

/** Finds a customer by code, name or tax id while one types. '' or undefined = none. Works inside a Form.Item. */
export function CustomerChoice(props: {
  value?: string | null
  onChange?: (id: string | null) => void
  id?: string
  autoFocus?: boolean
  placeholder?: string
}) {
  const { value, onChange, ...rest } = props
  const words = useWords('receipts')
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useApi(findCustomers, { query: { q, ...(value && q === '' ? { id: value } : {}) } })
  const options = (found.data?.items ?? []).map(({ id, code, name }) => ({ value: id, label: `${name} · ${code}` }))
  return (
    <Select
      {...rest}
      {...(props.id === undefined ? { 'aria-label': props.placeholder ?? words('findCustomer') } : {})}
      className="customer-choice"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      popupMatchSelectWidth={false}
      placeholder={props.placeholder ?? words('findCustomer')}
      loading={found.isFetching}
      notFoundContent={words('noCustomer')}
      value={value || null}
      options={options}
      onChange={(chosen: string | undefined) => onChange?.(chosen ?? null)}
    />
  )
}
