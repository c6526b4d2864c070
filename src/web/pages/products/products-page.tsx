import { Select } from 'antd'
import { formatPercent } from '../../../kernel/percent.ts'
import { listCategories, listProducts } from '../../../modules/products/products.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow, FilterSearch } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'

type Row = Answer<typeof listProducts>['items'][number]

export function ProductsPage() {
  const words = useWords('products')
  const session = useSession()
  const filters = useFilters({ q: '', status: '', category: '' })
  const list = useList(listProducts, { query: filters.values })
  const categories = useApi(listCategories)
  const mayEdit = session.may('products.edit')
  const { values, set } = filters
  const create = mayEdit ? (
    <PageLink to={paths.product({ id: 'new' })} look="primary">
      {words('new')}
    </PageLink>
  ) : undefined
  return (
    <>
      <PageHead
        title={words('title')}
        meta={list.query.data ? words('sub', { count: list.query.data.total ?? 0 }) : undefined}
        actions={create}
      />
      <FilterRow>
        <FilterSearch value={values.q} onChange={(q) => set({ q })} placeholder={words('search')} />
        <FilterField label={words('field.status')}>
          <Select
            allowClear
            value={values.status || undefined}
            onChange={(value: string | undefined) => set({ status: value ?? '' })}
            options={['active', 'disabled'].map((value) => ({ value, label: <Status word={value} plain /> }))}
            style={{ minWidth: 120 }}
          />
        </FilterField>
        <FilterField label={words('field.category')}>
          <Select
            allowClear
            showSearch
            value={values.category || undefined}
            onChange={(value: string | undefined) => set({ category: value ?? '' })}
            options={(categories.data?.items ?? []).map((value) => ({ value, label: value }))}
            style={{ minWidth: 120 }}
          />
        </FilterField>
      </FilterRow>
      <Panel flush>
        <DataTable<Row>
          name="products"
          label={words('title')}
          columns={columnsOf(words)}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.product({ id: row.id })}
          phoneRow={(row) => ({
            title: row.name,
            amount: <Amount value={row.price} />,
            reason: row.code,
            mark: formatPercent(row.vatRate),
          })}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <EmptyState
                title={words('empty')}
                text={words('emptyHelp')}
                action={create}
                link={
                  session.may('imports.run') ? (
                    <PageLink to={paths.newImport({ kind: 'products' })} look="link">
                      {words('import')}
                    </PageLink>
                  ) : null
                }
              />
            )
          }
        />
      </Panel>
    </>
  )
}

function columnsOf(words: Words): Column<Row>[] {
  return [
    { key: 'code', title: words('field.code'), render: (row) => <span className="nowrap">{row.code}</span> },
    { key: 'name', title: words('field.name'), render: (row) => <CutText text={row.name} /> },
    { key: 'unit', title: words('field.unit'), render: (row) => row.unit || '–' },
    {
      key: 'price',
      title: words('field.price'),
      align: 'right',
      render: (row) => <Amount value={row.price} {...(row.price === null ? {} : { currency: row.currency })} />,
    },
    {
      key: 'tax',
      title: words('field.priceIncludesTax'),
      render: (row) => words(row.priceIncludesTax ? 'field.includesTax' : 'field.excludesTax'),
      choice: 'hidden',
    },
    { key: 'vatRate', title: words('field.vatRate'), align: 'right', render: (row) => formatPercent(row.vatRate) },
    { key: 'category', title: words('field.category'), render: (row) => row.category ?? '–' },
    { key: 'status', title: words('field.status'), render: (row) => <Status word={row.status} plain /> },
  ]
}
