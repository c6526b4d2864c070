import { Select } from 'antd'
import { currencies } from '../../kernel/currency.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'
import { FilterField } from './filter-row.tsx'

const COMMON = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'TWD', 'GBP', 'KRW', 'SGD']

/** Everything in base currency (''), or one currency alone in its own amounts: different ones are never added up. */
export function CurrencyFilter({ value, onChange }: { value: string; onChange: (currency: string) => void }) {
  const words = useWords('shared')
  const { company } = useSession()
  return (
    <FilterField label={words('currencyFilter.label')}>
      <Select
        aria-label={words('currencyFilter.label')}
        showSearch
        popupMatchSelectWidth={false}
        value={value}
        onChange={onChange}
        options={[
          { value: '', label: words('currencyFilter.all', { currency: company.baseCurrency }) },
          ...[...new Set([...COMMON, ...currencies])].map((one) => ({ value: one, label: one })),
        ]}
      />
    </FilterField>
  )
}

type Named = { readonly id: string; readonly name: string }

/** One of several by name; '' is any. `without`: what stands for 'none', those that have none of it. `items` not there yet: still on their way. */
export function NamedFilter(props: {
  label: string
  items: readonly Named[] | undefined
  value: string
  without: string
  onChange: (id: string) => void
}) {
  const { label, items, value, without, onChange } = props
  const none = value === 'none' ? [{ value, label: without }] : []
  return (
    <FilterField label={label}>
      <Select
        className="wide"
        aria-label={label}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        loading={items === undefined}
        value={value === '' ? null : value}
        onChange={(id?: string) => onChange(id ?? '')}
        options={[...none, ...(items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </FilterField>
  )
}
