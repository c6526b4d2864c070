import { Select } from 'antd'
import { ledgerStatuses } from '../../../modules/receivables/receivables.api.ts'
import type { Filters, Widened } from '../../filters.ts'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { type FilterChip, FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { useWords } from '../../words.ts'

/** Everything that the ledger can be asked for from the address; the reports link here with the last ones. */
export const ledgerDefaults = {
  status: ['open'],
  search: '',
  customerId: '',
  dueFrom: '',
  dueUntil: '',
  currency: '',
  sort: 'due',
  groupId: '',
  salespersonId: '',
  teamId: '',
  regionId: '',
  productId: '',
  orderId: '',
  entityId: '',
  industry: '',
  customerClass: '',
  basis: '',
  bucketFrom: '',
  bucketTo: '',
  expectedFrom: '',
  expectedUntil: '',
} as const
export type LedgerFilters = Filters<Widened<typeof ledgerDefaults>>

/** Every status: an empty choice would read as the default again. */
export const ALL = 'all'

/** What the server is asked with. */
export function ledgerQuery({ values }: LedgerFilters) {
  return { ...values, status: values.status.filter((status) => status !== ALL) }
}

/** 'All' and a single status exclude each other; the one chosen last holds. */
function chosenStatuses(status: readonly string[]): readonly string[] {
  if (status.length === 0 || status.at(-1) === ALL) return [ALL]
  return status.filter((one) => one !== ALL)
}

/** Filters that only a link sets: shown as chips, so that nothing hides rows unseen. */
const linked = ['groupId', 'salespersonId', 'teamId', 'regionId', 'productId', 'orderId', 'entityId', 'industry', 'customerClass'] as const

export function LedgerFilterRow({ filters }: { filters: LedgerFilters }) {
  const words = useWords('receivables')
  const { values, set, clear } = filters
  return (
    <FilterRow
      chips={useChips(filters)}
      onClear={clear}
      folded={{ active: filters.active.filter((name) => name !== 'search').length }}
      first={<FilterSearch value={values.search} onChange={(search) => set({ search })} placeholder={words('searchHint')} />}
    >
      <FilterField label={words('statusWord')}>
        <Select
          mode="multiple"
          className="filter-select"
          maxTagCount="responsive"
          aria-label={words('statusWord')}
          value={[...values.status]}
          onChange={(status: string[]) => set({ status: chosenStatuses(status) })}
          options={[ALL, ...ledgerStatuses].map((value) => ({ value, label: words(`filter.${value}`) }))}
        />
      </FilterField>
      <FilterField label={words('customer')}>
        <CustomerSelect value={values.customerId} onChange={(customerId) => set({ customerId })} aria-label={words('customer')} />
      </FilterField>
      <FilterField label={words('dueRange')}>
        <DayInput value={values.dueFrom} onChange={(dueFrom) => set({ dueFrom })} aria-label={`${words('dueRange')} ≥`} />
        <span className="muted">–</span>
        <DayInput value={values.dueUntil} onChange={(dueUntil) => set({ dueUntil })} aria-label={`${words('dueRange')} ≤`} />
      </FilterField>
    </FilterRow>
  )
}

function useChips({ values, set }: LedgerFilters): FilterChip[] {
  const words = useWords('receivables')
  const chips: FilterChip[] = linked
    .filter((name) => values[name] !== '')
    .map((name) => ({ label: words(`linked.${name}`), onRemove: () => set({ [name]: '' }) }))
  if (values.currency !== '') chips.push({ label: values.currency, onRemove: () => set({ currency: '' }) })
  if (values.bucketFrom !== '' || values.bucketTo !== '') {
    const range = `${values.bucketFrom || '…'}–${values.bucketTo === '' ? '…' : Number(values.bucketTo) - 1}`
    chips.push({
      label: words(values.basis === 'issued' ? 'bucketSinceIssue' : 'bucketOverdue', { range }),
      onRemove: () => set({ bucketFrom: '', bucketTo: '', basis: '' }),
    })
  }
  if (values.expectedFrom !== '' || values.expectedUntil !== '') {
    const range = `${values.expectedFrom || '…'} – ${values.expectedUntil || '…'}`
    chips.push({ label: words('expectedWithin', { range }), onRemove: () => set({ expectedFrom: '', expectedUntil: '' }) })
  }
  return chips
}
