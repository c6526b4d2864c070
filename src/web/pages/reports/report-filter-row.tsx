import { Button, Popover, Select, Space } from 'antd'
import { addDays, addMonths, type Day, endOfMonth, startOfMonth } from '../../../kernel/day.ts'
import { useSession } from '../../session.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { type FilterChip, FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { CurrencyFilter } from '../../ui/report-filters.tsx'
import { SavedViews } from '../../ui/saved-views.tsx'
import { useWords } from '../../words.ts'
import { MoreFilters } from './report-more-filters.tsx'
import { type Report, type ReportFilterValues, type ReportValues, reportDefaults } from './report-question.ts'

type Props = { reportKey: string; report: Report; filters: ReportFilterValues; onChange: () => void }

/** Saved filters, time, grouping, comparison, currency, more; only what the report takes; all of it lives in the address. */
export function ReportFilterRow({ reportKey, report, filters, onChange }: Props) {
  const words = useWords('reports')
  const { values } = filters
  const set = (change: Partial<ReportValues>) => {
    onChange()
    filters.set(change)
  }
  return (
    <FilterRow chips={useChips(report, filters, set)} onClear={filters.clear} folded={{ active: filters.active.length }}>
      <SavedViews page={`report.${reportKey}`} filters={filters} defaults={reportDefaults} />
      <TimeFields report={report} set={set} />
      {report.dimensions.length > 1 ? (
        <FilterField label={words('groupedBy')}>
          <Select
            aria-label={words('groupedBy')}
            popupMatchSelectWidth={false}
            value={report.by}
            onChange={(by: string) => set({ by, sort: '' })}
            options={report.dimensions.map(({ key, title }) => ({ value: key, label: title }))}
          />
        </FilterField>
      ) : null}
      {report.compares ? <Comparison report={report} value={values.compare} onChange={(compare) => set({ compare })} /> : null}
      <CurrencyFilter value={values.currency} onChange={(currency) => set({ currency })} />
      <Popover trigger="click" placement="bottomRight" content={<MoreFilters report={report} values={values} set={set} />}>
        <Button>{words('page.more')}</Button>
      </Popover>
    </FilterRow>
  )
}

/** Beside what. A report that is nothing but a comparison has one by itself: with the period before. */
function Comparison({ report, value, onChange }: { report: Report; value: string; onChange: (compare: string) => void }) {
  const words = useWords('reports')
  const always = report.comparison.length === 0
  const choices = always ? ['before', 'lastYear'] : ['', 'before', 'lastYear']
  return (
    <FilterField label={words('page.compare')}>
      <Select
        aria-label={words('page.compare')}
        popupMatchSelectWidth={false}
        value={value === '' && always ? 'before' : value}
        onChange={onChange}
        options={choices.map((one) => ({ value: one, label: words(`page.with.${one === '' ? 'none' : one}`) }))}
      />
    </FilterField>
  )
}

function TimeFields({ report, set }: { report: Report; set: (change: Partial<ReportValues>) => void }) {
  const words = useWords('reports')
  const { company } = useSession()
  const { from, to, time } = report
  if (time === 'today') return null
  if (time === 'asOf')
    return (
      <FilterField label={words('asOf')}>
        <DayInput
          required
          value={to}
          latest={company.today}
          onChange={(asOf) => set({ asOf: asOf === company.today ? '' : asOf })}
          aria-label={words('asOf')}
        />
      </FilterField>
    )
  return (
    <>
      <FilterField label={words('page.from')}>
        <DayInput required value={from} latest={to} onChange={(chosen) => set({ from: chosen, to })} aria-label={words('page.from')} />
      </FilterField>
      <FilterField label={words('page.to')}>
        <DayInput required value={to} earliest={from} onChange={(chosen) => set({ from, to: chosen })} aria-label={words('page.to')} />
      </FilterField>
      <QuickRanges report={report} set={set} />
    </>
  )
}

/** The ranges most asked for, one press away. */
function QuickRanges({ report, set }: { report: Report; set: (change: Partial<ReportValues>) => void }) {
  const words = useWords('reports')
  const { company } = useSession()
  const today = company.today as Day
  const month = startOfMonth(today)
  const lastMonth = addMonths(month, -1)
  const year = `${today.slice(0, 4)}-01-01` as Day
  const ranges = {
    thisMonth: { from: month, to: endOfMonth(today) },
    lastMonth: { from: lastMonth, to: addDays(month, -1) },
    thisYear: { from: year, to: addDays(addMonths(year, 12), -1) },
    twelveMonths: { from: addMonths(month, -11), to: endOfMonth(today) },
  }
  return (
    <Space.Compact>
      {Object.entries(ranges).map(([name, range]) => (
        <Button key={name} aria-pressed={report.from === range.from && report.to === range.to} onClick={() => set(range)}>
          {words(`page.ranges.${name}`)}
        </Button>
      ))}
    </Space.Compact>
  )
}

/** What narrows the report and does not stand in the row itself. */
function useChips({ narrowedBy }: Report, { values }: ReportFilterValues, set: (change: Partial<ReportValues>) => void): FilterChip[] {
  const words = useWords('shared')
  return narrowedBy
    .filter(({ key }) => values[key as keyof ReportValues] !== '')
    .map(({ key, label, value }) => ({ label: `${label}${words('join.colon')}${value}`, onRemove: () => set({ [key]: '' }) }))
}
