import { Select } from 'antd'
import { useState } from 'react'
import { listRegions } from '../../../modules/customers/customer-file.api.ts'
import { findCustomers } from '../../../modules/customers/customers.api.ts'
import { listTerms } from '../../../modules/terms/terms.api.ts'
import { useApi } from '../../queries.ts'
import { usePeopleToChoose } from '../../ui/people-to-choose.ts'

type Choice = {
  value?: string | null | undefined
  onChange?: (value: string | null) => void
  id?: string
  placeholder?: string
  className?: string
  'aria-label'?: string
}

function Choose({
  options,
  loading,
  value,
  onChange,
  ...rest
}: Choice & { options: { value: string; label: string }[]; loading: boolean }) {
  return (
    <Select
      {...rest}
      allowClear
      showSearch
      optionFilterProp="label"
      loading={loading}
      options={options}
      value={value ?? undefined}
      onChange={(chosen?: string) => onChange?.(chosen ?? null)}
    />
  )
}

/** Active people by name. `roles` narrows to who may own customers. */
export function PersonChoice(props: Choice) {
  return <Choose {...props} {...usePeopleToChoose(props.value)} />
}

export function RegionChoice(props: Choice) {
  const regions = useApi(listRegions)
  return (
    <Choose
      {...props}
      loading={regions.isLoading}
      options={(regions.data?.items ?? []).map((region) => ({ value: region.id, label: region.name }))}
    />
  )
}

export function TermsChoice(props: Choice) {
  const terms = useApi(listTerms, { query: { status: 'active' } })
  return (
    <Choose {...props} loading={terms.isLoading} options={(terms.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} />
  )
}

/** A customer by code, name, short name or tax id; the server looks. `except` is no choice (itself). */
export function CustomerChoice({ except, value, onChange, ...rest }: Choice & { except?: string | undefined }) {
  const [typed, setTyped] = useState('')
  const found = useApi(findCustomers, { query: { q: typed } })
  const chosen = useApi(findCustomers, { query: { id: value ?? '' } }, { enabled: Boolean(value) })
  const items = [...(value ? (chosen.data?.items ?? []) : []), ...(found.data?.items ?? [])]
  const unique = [...new Map(items.map((item) => [item.id, item])).values()].filter((item) => item.id !== except)
  return (
    <Select
      {...rest}
      allowClear
      showSearch
      filterOption={false}
      loading={found.isFetching}
      onSearch={setTyped}
      value={value ?? undefined}
      onChange={(id?: string) => onChange?.(id ?? null)}
      options={unique.map((item) => ({ value: item.id, label: `${item.code} ${item.name}` }))}
    />
  )
}
