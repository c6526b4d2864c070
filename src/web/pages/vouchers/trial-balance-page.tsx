import { Link } from '@tanstack/react-router'
import { exportTrialBalance, tieOut, trialBalance } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Trial = Answer<typeof trialBalance>
type Row = Trial['accounts'][number]

/** 科目余额表 with its proof line: the receivables account is the ledger. */
export function TrialBalancePage() {
  const words = useWords('vouchers')
  const shared = useWords('shared')
  const { company } = useSession()
  const { values, set } = useFilters({ from: `${company.today.slice(0, 7)}-01`, until: company.today })
  const trial = useApi(trialBalance, { query: values })
  return (
    <>
      <PageHead
        title={words('trialBalance')}
        meta={company.baseCurrency}
        actions={
          <DownloadButton route={exportTrialBalance} input={{ query: values }} name="trial-balance.xlsx">
            {shared('exportExcel')}
          </DownloadButton>
        }
      />
      <FilterRow>
        <FilterField label={words('range')}>
          <DayInput required value={values.from} onChange={(from) => set({ from })} aria-label={`${words('range')} ≥`} />
          <span className="muted">–</span>
          <DayInput required value={values.until} onChange={(until) => set({ until })} aria-label={`${words('range')} ≤`} />
        </FilterField>
      </FilterRow>
      <div className="below">
        <TieOutNote asOf={values.until} />
      </div>
      <Loaded query={trial} rows={8}>
        {(data) => (
          <Panel title={words('trialBalance')} sub={words(data.balanced ? 'balancedTotals' : 'notBalanced')} flush>
            <DataTable
              name="trial-balance"
              label={words('trialBalance')}
              columns={columnsOf(data, words)}
              rows={data.accounts}
              rowKey={(row) => row.code}
              to={(row) => paths.vouchers({ account: row.code, from: data.from, until: data.until })}
              sumTitle={shared('total')}
              phoneRow={(row) => ({
                title: `${row.code} ${row.name}`,
                amount: <Amount value={row.closing.replace('-', '')} />,
                reason: `${words('periodDebit')} ${formatDecimal(row.debit)} · ${words('periodCredit')} ${formatDecimal(row.credit)}`,
                mark: words(row.closing.startsWith('-') ? 'closingCredit' : 'closingDebit'),
              })}
              empty={<EmptyState title={words('none')} text={words('noneHint')} />}
            />
          </Panel>
        )}
      </Loaded>
    </>
  )
}

/** Three figures that must be one, with the difference also when it is 0.00. */
function TieOutNote({ asOf }: { asOf: string }) {
  const words = useWords('vouchers')
  const query = useApi(tieOut, { query: { asOf } })
  return (
    <Loaded query={query} rows={1}>
      {(data) => (
        <Note
          tone={data.tied ? 'success' : 'danger'}
          lead={words('tiedNote')}
          action={<Link to={paths.receivables()}>{words('ofLedger')}</Link>}
        >
          {words('ofAccount')} {data.accounts.join(' ')} <Amount value={data.account} /> · {words('ofLedger')}{' '}
          <Amount value={data.ledger} /> · {words('ofOpen')} <Amount value={data.open} /> · {words('difference')}{' '}
          <Amount value={data.difference} strong />
        </Note>
      )}
    </Loaded>
  )
}

/** Opening, period, year and closing, each by debit and credit. */
function columnsOf({ total }: Trial, words: (key: string) => string): Column<Row>[] {
  type Key = Exclude<keyof Trial['total'], 'opening' | 'closing'>
  const money = (key: Key, more: Partial<Column<Row>> = {}): Column<Row> => ({
    key,
    title: words(key === 'debit' ? 'periodDebit' : key === 'credit' ? 'periodCredit' : key),
    align: 'right',
    render: (row) => <Amount value={/[1-9]/.test(row[key]) ? row[key] : null} />,
    sum: <Amount value={total[key]} strong />,
    ...more,
  })
  return [
    { key: 'code', title: words('code'), render: (row) => row.code },
    { key: 'name', title: words('name'), render: (row) => <CutText text={row.name} /> },
    { key: 'kind', title: words('kind'), render: (row) => words(`kinds.${row.kind}`), choice: 'hidden' },
    money('openingDebit'),
    money('openingCredit'),
    money('debit'),
    money('credit'),
    money('yearDebit', { choice: 'shown' }),
    money('yearCredit', { choice: 'shown' }),
    money('closingDebit'),
    money('closingCredit'),
  ]
}
