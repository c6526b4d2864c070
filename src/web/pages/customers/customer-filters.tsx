import { Select } from 'antd'
import { listRegions } from '../../../modules/customers/customer-file.api.ts'
import { customerFacets } from '../../../modules/customers/customers.api.ts'
import type { Filters, Widened } from '../../filters.ts'
import { useApi } from '../../queries.ts'
import { type FilterChip, FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { useEverybody } from '../../ui/people-to-choose.ts'
import { useWords } from '../../words.ts'

export const customerFilters = {
  q: '',
  regionId: [],
  class: [],
  industry: [],
  tag: [],
  salespersonId: [],
  status: [],
  hasOverdue: '',
  onHold: '',
  toReview: '',
  hasOpen: '',
  incomplete: '',
  limitEndsUntil: '',
  parentId: '',
  sort: 'code',
} as const
type Values = Widened<typeof customerFilters>
type Many = 'regionId' | 'class' | 'industry' | 'tag' | 'salespersonId' | 'status'

/** What the server is asked: empty filters are left out, the sort without its sign (balances are always largest first). */
export function serverQuery(values: Values): Record<string, string | readonly string[]> {
  const { sort, ...rest } = values
  const given = Object.entries(rest).filter(([, value]) => value.length > 0)
  return { ...Object.fromEntries(given), sort: sort.replace(/^-/, '') }
}

/** One row of filters: text first, the usual ones as lists, yes-or-no ones as chips. */
export function CustomerFilters({ filters: { values, set, clear } }: { filters: Filters<Values> }) {
  const words = useWords('customers')
  const facets = useApi(customerFacets)
  const regions = useApi(listRegions)
  const people = useEverybody()
  const text = (items: readonly string[] | undefined) => (items ?? []).map((value) => ({ value, label: value }))
  const named = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const lists: readonly [Many, { value: string; label: string }[]][] = [
    ['salespersonId', people],
    ['regionId', named(regions.data?.items)],
    ['class', text(facets.data?.classes)],
    ['industry', text(facets.data?.industries)],
    ['tag', text(facets.data?.tags)],
    ['status', ['active', 'disabled', 'merged'].map((value) => ({ value, label: words(`shared:status.${value}`) }))],
  ]
  const flags = ['hasOverdue', 'hasOpen', 'onHold', 'toReview', 'incomplete'] as const
  const chips: FilterChip[] = flags
    .filter((flag) => values[flag] !== '')
    .map((flag) => ({ label: words(`filters.${flag}`), onRemove: () => set({ [flag]: '' }) }))
  if (values.parentId) chips.push({ label: words('filters.parentId'), onRemove: () => set({ parentId: '' }) })
  if (values.limitEndsUntil)
    chips.push({ label: words('filters.limitEndsUntil', { day: values.limitEndsUntil }), onRemove: () => set({ limitEndsUntil: '' }) })
  return (
    <FilterRow chips={chips} onClear={clear}>
      <FilterSearch value={values.q} onChange={(q) => set({ q })} placeholder={words('filters.q')} />
      {lists.map(([name, options]) => (
        <FilterField key={name} label={words(`filters.${name}`)}>
          <Select
            mode="multiple"
            style={{ minWidth: 92 }}
            popupMatchSelectWidth={false}
            maxTagCount="responsive"
            placeholder={words('shared:all')}
            optionFilterProp="label"
            options={options}
            value={[...values[name]]}
            onChange={(chosen: string[]) => set({ [name]: chosen })}
          />
        </FilterField>
      ))}
      <Select
        style={{ minWidth: 108 }}
        popupMatchSelectWidth={false}
        placeholder={words('shared:moreFilters')}
        aria-label={words('shared:moreFilters')}
        value={null}
        options={flags.map((flag) => ({ value: flag, label: words(`filters.${flag}`) }))}
        onChange={(flag: (typeof flags)[number] | null) => flag && set({ [flag]: 'true' })}
      />
    </FilterRow>
  )
}
