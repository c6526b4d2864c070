import { Select } from 'antd'
import { useState } from 'react'
import { listMethods } from '../../../modules/receipts/receipt-methods.api.ts'
import type { Filters } from '../../filters.ts'
import { usePhone } from '../../preferences.ts'
import { useApi } from '../../queries.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { useWords } from '../../words.ts'
import { CustomerChoice } from './customer-choice.tsx'

export const filterDefaults = {
  search: '',
  state: '',
  from: '',
  until: '',
  customerId: '',
  methodId: '',
} as const
type Values = { [name in keyof typeof filterDefaults]: string }

/** The states that people ask for, as the server's filters. */
const states: Record<string, Record<string, string>> = {
  toConfirm: { status: 'draft' },
  unallocated: { unallocated: 'true', unidentified: 'false' },
  unidentified: { unidentified: 'true', status: 'confirmed' },
  confirmed: { status: 'confirmed' },
  reversed: { status: 'reversed' },
  cancelled: { status: 'cancelled' },
}

export function filterQuery({ state, ...values }: Values): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), ...states[state] }
}

export function ReceiptFilters({ filters }: { filters: Filters<Values> }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const { values, set } = filters
  const phone = usePhone()
  const [more, setMore] = useState(values.customerId !== '' || values.methodId !== '')
  const options = [
    { value: '', label: shared('all') },
    ...Object.keys(states).map((value) => ({ value, label: stateLabel(value, words, shared) })),
  ]
  return (
    <FilterRow {...(filters.active.length > 0 ? { onClear: filters.clear, chips: [] } : {})}>
      <FilterSearch value={values.search} onChange={(search) => set({ search })} placeholder={words('searchHint')} />
      <FilterField label={words('fields.status')}>
        <Select
          className="filter-select"
          popupMatchSelectWidth={false}
          value={values.state}
          options={options}
          onChange={(state) => set({ state })}
        />
      </FilterField>
      {phone && !more ? null : <Days filters={filters} />}
      {more ? (
        <MoreFilters filters={filters} />
      ) : (
        <button type="button" className="chip" onClick={() => setMore(true)}>
          {shared('moreFilters')}
        </button>
      )}
    </FilterRow>
  )
}

function Days({ filters: { values, set } }: { filters: Filters<Values> }) {
  const words = useWords('receipts')
  return (
    <>
      <FilterField label={words('fields.receivedOn')}>
        <DayInput value={values.from} onChange={(from) => set({ from })} aria-label={words('from')} />
      </FilterField>
      <FilterField label="–">
        <DayInput value={values.until} onChange={(until) => set({ until })} aria-label={words('until')} />
      </FilterField>
    </>
  )
}

function MoreFilters({ filters: { values, set } }: { filters: Filters<Values> }) {
  const words = useWords('receipts')
  const methods = useApi(listMethods).data?.items ?? []
  return (
    <>
      <FilterField label={words('fields.customer')}>
        <CustomerChoice value={values.customerId} onChange={(customerId) => set({ customerId: customerId ?? '' })} />
      </FilterField>
      <FilterField label={words('fields.method')}>
        <Select
          allowClear
          popupMatchSelectWidth={false}
          className="filter-select"
          value={values.methodId || null}
          options={methods.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(methodId: string | undefined) => set({ methodId: methodId ?? '' })}
        />
      </FilterField>
    </>
  )
}

function stateLabel(state: string, words: (key: string) => string, shared: (key: string) => string): string {
  return state === 'unallocated' ? words('stillUnallocated') : shared(`status.${state}`)
}
