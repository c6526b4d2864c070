import { Link, useParams } from '@tanstack/react-router'
import { getVoucher } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText, InstantText } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { VoucherSource, VoucherState } from './voucher-links.tsx'

type Voucher = Answer<typeof getVoucher>
type Line = Voucher['lines'][number]

/** One voucher: its lines, what it comes from, and its mirror. */
export function VoucherPage() {
  const { id = '' } = useParams({ strict: false })
  const query = useApi(getVoucher, { params: { id } })
  return <Loaded query={query}>{(voucher) => <VoucherView voucher={voucher} />}</Loaded>
}

function VoucherView({ voucher }: { voucher: Voucher }) {
  const words = useWords('vouchers')
  const { company } = useSession()
  return (
    <>
      <PageHead
        crumbs={[{ label: words('vouchers'), to: paths.vouchers() }]}
        title={voucher.no}
        status={
          <>
            <Status word="balanced" text={words('balanced')} />
            <VoucherState row={voucher} />
          </>
        }
        meta={
          <>
            {voucher.summary}
            <br />
            <DayText value={voucher.voucherOn} /> · <VoucherSource row={voucher} /> · {words('recordedAt')}{' '}
            <InstantText value={voucher.recordedAt} timeZone={company.timeZone} />
            <br />
            {words('maker')} {voucher.makerName ?? '–'} · {words('checker')} {voucher.checkerName ?? '–'}
          </>
        }
      />
      <Panel title={words('voucher')} sub={voucher.baseCurrency} flush>
        <DataTable
          name="voucher-lines"
          label={words('voucher')}
          columns={useColumns(voucher)}
          rows={voucher.lines}
          rowKey={(row) => String(row.lineNo)}
          sumTitle={useWords('shared')('total')}
          phoneRow={(row) => {
            const isDebit = /[1-9]/.test(row.debitBase)
            return {
              title: `${row.account} ${row.accountName}`,
              amount: <Amount value={isDebit ? row.debitBase : row.creditBase} />,
              reason: row.customerName ?? '–',
              mark: words(isDebit ? 'debit' : 'credit'),
            }
          }}
          empty={null}
        />
      </Panel>
    </>
  )
}

function useColumns(voucher: Voucher): Column<Line>[] {
  const words = useWords('vouchers')
  const foreign = voucher.lines.some((line) => line.currency !== voucher.baseCurrency)
  const side = (row: Line, name: 'debitBase' | 'creditBase') => <Amount value={/[1-9]/.test(row[name]) ? row[name] : null} />
  return [
    { key: 'account', title: words('account'), render: (row) => <Link to={paths.vouchers({ account: row.account })}>{row.account}</Link> },
    { key: 'name', title: words('name'), render: (row) => row.accountName },
    {
      key: 'customer',
      title: words('customer'),
      render: (row) =>
        row.customerId === null ? <DayText value={null} /> : <Link to={paths.customer({ id: row.customerId })}>{row.customerName}</Link>,
    },
    ...(foreign
      ? [
          {
            key: 'own',
            title: words('currencyAmount'),
            align: 'right' as const,
            render: (row: Line) => <Amount value={/[1-9]/.test(row.debit) ? row.debit : row.credit} currency={row.currency} />,
          },
        ]
      : []),
    {
      key: 'debit',
      title: words('debit'),
      align: 'right',
      render: (row) => side(row, 'debitBase'),
      sum: <Amount value={voucher.total} strong />,
    },
    {
      key: 'credit',
      title: words('credit'),
      align: 'right',
      render: (row) => side(row, 'creditBase'),
      sum: <Amount value={voucher.total} strong />,
    },
  ]
}
