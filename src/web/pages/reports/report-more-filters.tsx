import { Input } from 'antd'
import { getCompany } from '../../../modules/company/company.api.ts'
import { listRegions } from '../../../modules/customers/customer-file.api.ts'
import { getPeopleToChoose } from '../../../modules/people/people.api.ts'
import { listBankAccounts, listMethods } from '../../../modules/receipts/receipt-methods.api.ts'
import { overdueReasons, type ReportFilter } from '../../../modules/reports/reports.api.ts'
import { useApi } from '../../queries.ts'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { FilterField } from '../../ui/filter-row.tsx'
import { NamedFilter } from '../../ui/report-filters.tsx'
import { useWords } from '../../words.ts'
import type { Report, ReportValues } from './report-question.ts'

/** Of these the company has words of its own. */
const WRITTEN = ['industry', 'class'] as const

type Props = { report: Report; values: ReportValues; set: (change: Partial<ReportValues>) => void }

/** The other filters that the report takes. */
export function MoreFilters({ report: { filters }, values, set }: Props) {
  const words = useWords('reports')
  const people = useApi(getPeopleToChoose)
  const regions = useApi(listRegions)
  const company = useApi(getCompany)
  const choices: readonly (readonly [ReportFilter, readonly { id: string; name: string }[] | undefined])[] = [
    ['salesperson', people.data?.items],
    ['region', regions.data?.items],
    ['entity', company.data?.entities],
    ['reason', overdueReasons.map((id) => ({ id, name: words(`reasons.${id}`) }))],
  ]
  return (
    <div className="report-more">
      {filters.includes('customer') ? (
        <FilterField label={words('dimensions.customer')}>
          <CustomerSelect value={values.customer} onChange={(customer) => set({ customer })} aria-label={words('dimensions.customer')} />
        </FilterField>
      ) : null}
      {choices.map(([name, items]) =>
        filters.includes(name) ? <Choice key={name} name={name} items={items} value={values[name]} set={set} /> : null,
      )}
      {WRITTEN.filter((name) => filters.includes(name)).map((name) => (
        <FilterField key={name} label={words(`dimensions.${name}`)}>
          <Input.Search
            key={values[name]}
            allowClear
            aria-label={words(`dimensions.${name}`)}
            defaultValue={values[name]}
            maxLength={100}
            onSearch={(text) => set({ [name]: text.trim() })}
          />
        </FilterField>
      ))}
      {filters.includes('method') ? <MoneyFilters values={values} set={set} /> : null}
    </div>
  )
}

function MoneyFilters({ values, set }: Pick<Props, 'values' | 'set'>) {
  const methods = useApi(listMethods)
  const accounts = useApi(listBankAccounts)
  return (
    <>
      <Choice name="method" items={methods.data?.items} value={values.method} set={set} />
      <Choice name="bankAccount" items={accounts.data?.items} value={values.bankAccount} set={set} />
    </>
  )
}

function Choice({
  name,
  items,
  value,
  set,
}: {
  name: ReportFilter
  items: readonly { id: string; name: string }[] | undefined
  value: string
  set: Props['set']
}) {
  const words = useWords('reports')
  return (
    <NamedFilter
      label={words(`dimensions.${name}`)}
      items={items}
      value={value}
      without={words('without')}
      onChange={(id) => set({ [name]: id })}
    />
  )
}
