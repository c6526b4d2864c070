import { DownloadOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { exportReceivables, listReceivables } from '../../../modules/receivables/receivables.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useDownload } from '../../ui/download-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { ReceivableState, useLedgerColumns } from './ledger-columns.tsx'
import { ALL, LedgerFilterRow, type LedgerFilters, ledgerDefaults, ledgerQuery } from './ledger-filters.tsx'

type Ledger = Answer<typeof listReceivables>

/** 应收台账: what is open first, sums of the whole filter above, a row leads to its receivable. */
export function ReceivablesPage() {
  const words = useWords('receivables')
  const { may, company } = useSession()
  const filters = useFilters(ledgerDefaults)
  const list = useList(listReceivables, { query: ledgerQuery(filters) }, { sumsApart: true })
  const data = list.query.data
  const columns = useLedgerColumns(data)
  return (
    <>
      <PageHead
        title={words('ledger')}
        meta={words('asOfToday', { day: data?.asOf ?? company.today })}
        actions={
          <>
            {may('reports.export') ? <ExportButton filters={filters} /> : null}
            {may('receivables.open') ? <OpenLink /> : null}
          </>
        }
      />
      <LedgerFilterRow filters={filters} />
      <LedgerSums ledger={data} />
      <Panel flush>
        <DataTable
          name="receivables"
          label={words('ledger')}
          columns={columns}
          list={list}
          rowKey={(row) => row.id}
          to={(row) => paths.receivable({ id: row.id })}
          sort={filters.values.sort}
          onSort={(sort) => filters.set({ sort: sort || 'due' })}
          sumTitle={data?.total == null ? null : words('sumsOfFilter', { count: data.total })}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <Amount value={row.open} currency={row.currency} />,
            reason: `${row.no} · ${row.dueOn}`,
            mark: row.status === 'overdue' ? <Overdue days={row.overdueDays} /> : <ReceivableState row={row} />,
          })}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <NothingOpen onAll={() => filters.set({ status: [ALL] })} />
            )
          }
        />
      </Panel>
    </>
  )
}

function LedgerSums({ ledger }: { ledger: Ledger | undefined }) {
  const words = useWords('receivables')
  if (!ledger || ledger.items.length === 0) return null
  const { base, sums, baseCurrency, total } = ledger
  const foreign = (sums ?? []).filter((one) => one.currency !== baseCurrency)
  const each = foreign.map((one) => `${one.currency} ${formatDecimal(one.open)}`).join(' · ')
  return (
    <div className="below">
      <KpiStrip
        items={[
          {
            label: words('amount'),
            value: <Amount value={base?.amount ?? null} />,
            unit: baseCurrency,
            ...(total === null ? {} : { change: words('sumsOfFilter', { count: total }) }),
          },
          {
            label: words('openAmount'),
            value: <Amount value={base?.open ?? null} />,
            unit: baseCurrency,
            ...(each === '' ? {} : { change: words('ofWhich', { each }) }),
          },
          {
            label: words('overdueAmount'),
            value: <Amount value={base?.overdue ?? null} />,
            unit: baseCurrency,
            to: paths.receivables({ status: ['overdue'] }),
          },
        ]}
      />
    </div>
  )
}

function NothingOpen({ onAll }: { onAll: () => void }) {
  const words = useWords('receivables')
  const { may } = useSession()
  return (
    <EmptyState
      title={words('nothingOpen')}
      text={words('noneHint')}
      action={may('receivables.open') ? <PageLink to={paths.newReceivable()}>{words('open')}</PageLink> : null}
      link={
        <Button type="link" onClick={onAll}>
          {words('showAll')}
        </Button>
      }
    />
  )
}

function OpenLink() {
  const words = useWords('receivables')
  return (
    <PageLink to={paths.newReceivable()} look="primary" icon={<PlusOutlined />}>
      {words('open')}
    </PageLink>
  )
}

function ExportButton({ filters }: { filters: LedgerFilters }) {
  const words = useWords('receivables')
  const { busy, save } = useDownload()
  const run = () => save(exportReceivables, { query: ledgerQuery(filters) }, 'receivables.xlsx')
  useKeys([{ keys: 'x', label: words('export'), run: () => void run() }])
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void run()}>
      {words('export')}
    </Button>
  )
}
