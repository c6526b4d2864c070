import { Input, Select } from 'antd'
import { voucherSources } from '../../../modules/vouchers/voucher-sources.ts'
import { exportVouchers, listVouchers } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import './vouchers.css'
import { VoucherSource, VoucherState } from './voucher-links.tsx'

type Vouchers = Answer<typeof listVouchers>
type Row = Vouchers['items'][number]

const defaults = { from: '', until: '', sourceKind: [], sourceId: '', account: '', customerId: '', search: '' } as const

/** 会计凭证, newest first. Nothing is keyed in here: they follow from what happened. */
export function VouchersPage() {
  const words = useWords('vouchers')
  const filters = useFilters(defaults)
  const list = useList(listVouchers, { query: filters.values })
  const data = list.query.data
  const { values, set } = filters
  return (
    <>
      <PageHead
        title={words('vouchers')}
        meta={data?.baseCurrency}
        actions={
          <DownloadButton route={exportVouchers} input={{ query: filters.values }} name="vouchers.xlsx">
            {words('shared:exportExcel')}
          </DownloadButton>
        }
      />
      <FilterRow
        first={<FilterSearch value={values.search} onChange={(search) => set({ search })} placeholder={words('searchHint')} />}
        folded={{ active: filters.active.filter((name) => name !== 'search').length }}
      >
        <FilterField label={words('day')}>
          <DayInput value={values.from} onChange={(from) => set({ from })} aria-label={`${words('day')} ≥`} />
          <span className="muted">–</span>
          <DayInput value={values.until} onChange={(until) => set({ until })} aria-label={`${words('day')} ≤`} />
        </FilterField>
        <FilterField label={words('source')}>
          <Select
            mode="multiple"
            placeholder={words('shared:all')}
            className="filter-select"
            maxTagCount="responsive"
            aria-label={words('source')}
            value={[...values.sourceKind]}
            onChange={(sourceKind: string[]) => set({ sourceKind })}
            options={voucherSources.map((value) => ({ value, label: words(`sources.${value}`) }))}
          />
        </FilterField>
        <FilterField label={words('customer')}>
          <CustomerSelect value={values.customerId} onChange={(customerId) => set({ customerId })} aria-label={words('customer')} />
        </FilterField>
        <FilterField label={words('account')}>
          <Input
            className="account-filter"
            maxLength={12}
            allowClear
            value={values.account}
            placeholder={words('accountHint')}
            onChange={(event) => set({ account: event.target.value.trim() })}
          />
        </FilterField>
      </FilterRow>
      <Panel flush>
        <DataTable
          name="vouchers"
          label={words('vouchers')}
          columns={useColumns(data)}
          list={list}
          rowKey={(row) => row.id}
          to={(row) => paths.voucher({ id: row.id })}
          sumTitle={data ? data.total.toLocaleString('en-US') : undefined}
          phoneRow={(row) => ({
            title: row.no,
            amount: <Amount value={row.total} />,
            reason: row.summary,
            mark: row.voucherOn,
          })}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <EmptyState title={words('none')} text={words('noneHint')} />
            )
          }
        />
      </Panel>
    </>
  )
}

function useColumns(data: Vouchers | undefined): Column<Row>[] {
  const words = useWords('vouchers')
  return [
    { key: 'no', title: words('no'), render: (row) => <span className="link-like nowrap">{row.no}</span> },
    { key: 'day', title: words('day'), render: (row) => <DayText value={row.voucherOn} /> },
    {
      key: 'source',
      title: words('source'),
      render: (row) => <VoucherSource row={row} />,
    },
    { key: 'summary', title: words('summary'), render: (row) => <Summary text={row.summary} /> },
    { key: 'maker', title: words('maker'), render: (row) => row.makerName ?? '–', choice: 'hidden' },
    { key: 'checker', title: words('checker'), render: (row) => row.checkerName ?? '–', choice: 'hidden' },
    { key: 'state', title: words('status'), render: (row) => <VoucherState row={row} /> },
    {
      key: 'total',
      title: words('total'),
      align: 'right',
      render: (row) => <Amount value={row.total} />,
      sum: data && <Amount value={data.sum} strong />,
    },
  ]
}

function Summary({ text }: { text: string }) {
  return (
    <span className="cut voucher-summary" title={text}>
      {text}
    </span>
  )
}
