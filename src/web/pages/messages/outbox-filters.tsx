import { Select } from 'antd'
import { messageKinds, messageStatuses } from '../../../modules/messages/message.ts'
import type { Filters } from '../../filters.ts'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { useWords } from '../../words.ts'

export const filterDefaults = { status: '', kind: '', customerId: '', fromOn: '', untilOn: '' } as const
export type Values = { [name in keyof typeof filterDefaults]: string }

export function filterQuery(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

export function OutboxFilters({ filters }: { filters: Filters<Values> }) {
  const words = useWords('messages')
  const shared = useWords('shared')
  const { values, set } = filters
  const all = { value: '', label: shared('all') }
  return (
    <FilterRow {...(filters.active.length > 0 ? { onClear: filters.clear, chips: [] } : {})}>
      <FilterField label={words('fields.status')}>
        <Select
          className="filter-select"
          popupMatchSelectWidth={false}
          value={values.status}
          options={[all, ...messageStatuses.map((value) => ({ value, label: words(`statuses.${value}`) }))]}
          onChange={(status) => set({ status })}
        />
      </FilterField>
      <FilterField label={words('fields.kind')}>
        <Select
          className="filter-select"
          popupMatchSelectWidth={false}
          value={values.kind}
          options={[all, ...messageKinds.map((value) => ({ value, label: words(`kinds.${value}`) }))]}
          onChange={(kind) => set({ kind })}
        />
      </FilterField>
      <FilterField label={words('fields.customer')}>
        <CustomerSelect value={values.customerId} onChange={(customerId) => set({ customerId })} placeholder={shared('all')} />
      </FilterField>
      <FilterField label={words('fields.from')}>
        <DayInput value={values.fromOn} onChange={(fromOn) => set({ fromOn })} />
      </FilterField>
      <FilterField label={words('fields.until')}>
        <DayInput value={values.untilOn} onChange={(untilOn) => set({ untilOn })} />
      </FilterField>
    </FilterRow>
  )
}
