import { Button, Checkbox, Popover, Segmented, Select } from 'antd'
import { addDays, type Day, startOfMonth } from '../../../kernel/day.ts'
import { ageingDimensions, listAgeingSchemes } from '../../../modules/ageing/ageing.api.ts'
import { listRegions } from '../../../modules/customers/customer-file.api.ts'
import { getPeopleToChoose } from '../../../modules/people/people.api.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { type FilterChip, FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { CurrencyFilter, NamedFilter } from '../../ui/report-filters.tsx'
import { SavedViews } from '../../ui/saved-views.tsx'
import { useWords } from '../../words.ts'
import { type AgeingFilters, type AgeingValues, ageingDefaults, cutNames, groupedBy } from './ageing-question.ts'

/** Dimensions that stand in the row itself; the others are in the list behind them. */
const FIRST = ['region', 'customer', 'salesperson', 'product'] as const

/** Saved view, day, grouping, age from, currency, more; all of it lives in the address. */
export function AgeingFilterRow({ filters, onChange }: { filters: AgeingFilters; onChange: () => void }) {
  const words = useWords('ageing')
  const { company } = useSession()
  const { values } = filters
  const set = (change: Partial<AgeingValues>) => {
    onChange()
    filters.set(change)
  }
  const schemes = useApi(listAgeingSchemes)
  const others = ageingDimensions.filter((dimension) => !(FIRST as readonly string[]).includes(dimension))
  const dimension = (value: string) => ({ value, label: words(`dimensions.${value}`) })
  return (
    <FilterRow chips={useChips(filters, set)} onClear={filters.clear} folded={{ active: filters.active.length }}>
      <SavedViews page="ageing" filters={filters} defaults={ageingDefaults} />
      <FilterField label={words('asOf')}>
        <DayInput
          required
          value={values.asOf || company.today}
          latest={company.today}
          often={[
            { label: words('page.lastMonthEnd'), day: addDays(startOfMonth(company.today as Day), -1) },
            { label: words('page.today'), day: company.today },
          ]}
          onChange={(asOf) => set({ asOf: asOf === company.today ? '' : asOf })}
          aria-label={words('asOf')}
        />
      </FilterField>
      <div className="filter-field">
        <span className="secondary nowrap">{words('page.group')}</span>
        <Segmented
          aria-label={words('page.group')}
          value={values.by}
          onChange={(by) => set(groupedBy(by, values))}
          options={FIRST.map(dimension)}
        />
        <Select
          aria-label={words('page.group')}
          className="ageing-more-dimensions"
          popupMatchSelectWidth={false}
          value={others.includes(values.by as never) ? values.by : null}
          placeholder="…"
          onChange={(by: string) => set(groupedBy(by, values))}
          options={others.map(dimension)}
        />
      </div>
      <FilterField label={words('page.then')}>
        <Select
          aria-label={words('page.then')}
          popupMatchSelectWidth={false}
          value={values.inner}
          onChange={(inner: string) => set({ inner })}
          options={[{ value: 'none', label: words('page.nothing') }, ...ageingDimensions.filter((one) => one !== values.by).map(dimension)]}
        />
      </FilterField>
      <FilterField label={words('basis')}>
        <Select
          aria-label={words('basis')}
          popupMatchSelectWidth={false}
          value={values.basis || (schemes.data?.items.find(({ key }) => key === values.scheme)?.basis ?? 'due')}
          onChange={(basis: string) => set({ basis })}
          options={(['due', 'issued'] as const).map((value) => ({ value, label: words(`bases.${value}`) }))}
        />
      </FilterField>
      <CurrencyFilter value={values.currency} onChange={(currency) => set({ currency })} />
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<MoreFilters values={values} set={set} schemes={schemes.data?.items ?? []} />}
      >
        <Button>{words('page.more')}</Button>
      </Popover>
    </FilterRow>
  )
}

type Schemes = readonly { key: string; name: string; own: boolean }[]
function MoreFilters({ values, set, schemes }: { values: AgeingValues; set: (change: Partial<AgeingValues>) => void; schemes: Schemes }) {
  const words = useWords('ageing')
  const regions = useApi(listRegions)
  const people = useApi(getPeopleToChoose)
  return (
    <div className="ageing-more">
      <FilterField label={words('page.scheme')}>
        <Select
          aria-label={words('page.scheme')}
          popupMatchSelectWidth={false}
          value={values.scheme}
          onChange={(scheme: string) => set({ scheme, basis: '' })}
          options={schemes.map(({ key, name, own }) => ({ value: key, label: own ? name : words(`schemes.${key}`) }))}
        />
      </FilterField>
      <NamedFilter
        label={words('page.region')}
        items={regions.data?.items}
        value={values.region}
        without={words('without.region')}
        onChange={(region) => set({ region })}
      />
      <NamedFilter
        label={words('page.salesperson')}
        items={people.data?.items}
        value={values.salesperson}
        without={words('without.salesperson')}
        onChange={(salesperson) => set({ salesperson })}
      />
      <FilterField label={words('page.customer')}>
        <CustomerSelect value={values.customer} onChange={(customer) => set({ customer })} aria-label={words('page.customer')} />
      </FilterField>
      <FilterField label={words('page.least')}>
        <AmountInput value={values.least} onChange={(least) => set({ least: least ?? '' })} aria-label={words('page.least')} />
      </FilterField>
      <Checkbox checked={values.overdueOnly === 'true'} onChange={(event) => set({ overdueOnly: event.target.checked ? 'true' : '' })}>
        {words('page.overdueOnly')}
      </Checkbox>
    </div>
  )
}

/** What narrows the report and does not stand in the row itself. */
function useChips({ values }: AgeingFilters, set: (change: Partial<AgeingValues>) => void): FilterChip[] {
  const words = useWords('ageing')
  const chips: FilterChip[] = cutNames
    .filter((name) => values[name] !== '')
    .map((name) => ({ label: chipText(name, values[name], words), onRemove: () => set({ [name]: '' }) }))
  if (values.overdueOnly === 'true') chips.push({ label: words('page.overdueOnly'), onRemove: () => set({ overdueOnly: '' }) })
  if (values.least !== '') chips.push({ label: `${words('page.least')} ${values.least}`, onRemove: () => set({ least: '' }) })
  return chips
}

function chipText(name: string, value: string, words: ReturnType<typeof useWords>): string {
  const dimension = name === 'inCurrency' ? 'currency' : name
  if (value === 'none') return words(`without.${dimension}`)
  return name === 'industry' || name === 'class' || name === 'inCurrency'
    ? `${words(`dimensions.${dimension}`)}${words('shared:join.colon')}${value}`
    : words(`dimensions.${dimension}`)
}
