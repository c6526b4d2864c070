import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { allocationReason } from '../../ui/allocation-reason.ts'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ReverseAllocation } from '../../ui/reverse-allocation.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, useWords, type Words } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'

type Row = {
  id: string
  receivableId: string
  receivableNo: string | null
  amount: string
  entryOn: string
  reason: string
  /** The day on which it was undone; of a mirror, its own. */
  undoneOn: string | undefined
  /** Of an allocation that may be undone; what was given up beside it is undone with it. */
  batchId?: string
}

/** What this money paid and why, with what was given up beside it; what was undone stays, marked. */
export function ReceiptAllocations({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const { company } = useSession()
  const rows = rowsOf(receipt, words)
  return (
    <Panel title={words('allocations')} sub={receipt.currency} flush>
      <DataTable<Row>
        name="receipt-allocations"
        label={words('allocations')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={words('noAllocations')} text={words('noAllocationsText')} />}
        columns={[
          {
            key: 'no',
            title: words('allocatedTo'),
            render: (row) => <Link to={paths.receivable({ id: row.receivableId })}>{row.receivableNo}</Link>,
          },
          { key: 'day', title: words('entryOn'), render: (row) => <DayText value={row.entryOn} short today={company.today} /> },
          { key: 'reason', title: words('reason'), render: (row) => <span className="secondary">{row.reason}</span> },
          {
            key: 'state',
            title: '',
            render: (row) => <State row={row} />,
          },
          {
            key: 'amount',
            title: words('fields.allocated'),
            align: 'right',
            render: (row) => <Amount value={row.amount} quiet={row.undoneOn !== undefined} />,
            sum: <Amount value={receipt.allocated} strong />,
          },
        ]}
        sumTitle={shared('total')}
        phoneRow={(row) => ({
          title: row.receivableNo ?? '',
          amount: <Amount value={row.amount} quiet={row.undoneOn !== undefined} />,
          reason: row.reason,
          mark: (
            <>
              <State row={row} /> <DayText value={row.entryOn} short today={company.today} />
            </>
          ),
        })}
      />
    </Panel>
  )
}

/** What was undone says so; what may be undone can be, here. */
function State({ row: { undoneOn, batchId, ...allocation } }: { row: Row }) {
  const words = useWords('receipts')
  const { may } = useSession()
  if (undoneOn !== undefined) return <Status word="reversed" plain text={words('undone', { day: undoneOn })} />
  return batchId !== undefined && may('allocations.reverse') ? <ReverseAllocation allocation={{ ...allocation, batchId }} /> : null
}

/** Adjustments stand beside the allocations but are no money: their amounts are not in the sum. */
function rowsOf({ allocations, adjustments }: ReceiptDetail, words: Words): Row[] {
  const undoneOn = new Map([...allocations, ...adjustments].map((one) => [one.reversesId, one.entryOn]))
  return [
    ...allocations.map(({ id, batchId, receivableId, receivableNo, amount, entryOn, explanation, reversesId, how }) => ({
      id,
      batchId,
      receivableId,
      receivableNo,
      amount,
      entryOn,
      reason: allocationReason({ explanation, how, receivableNo, reversesId }, words),
      undoneOn: reversesId === null ? undoneOn.get(id) : entryOn,
    })),
    ...adjustments.map(({ id, receivableId, receivableNo, amount, entryOn, reasonCode, reversesId }) => ({
      id,
      receivableId,
      receivableNo,
      amount,
      entryOn,
      reason: `${words('givenUp')} · ${phraseText({ key: `allocations:reasons.${reasonCode}` })}`,
      undoneOn: reversesId === null ? undoneOn.get(id) : entryOn,
    })),
  ]
}

export function ReceiptVouchers({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { may, company } = useSession()
  return (
    <Panel title={words('vouchers')} flush>
      <DataTable
        name="receipt-vouchers"
        label={words('vouchers')}
        rows={receipt.vouchers}
        rowKey={(row) => row.id}
        empty={null}
        {...(may('vouchers.view') ? { to: (row: { id: string }) => paths.voucher({ id: row.id }) } : {})}
        columns={[
          {
            key: 'no',
            title: words('voucherNo'),
            render: (row) => <span className={may('vouchers.view') ? 'link-like nowrap' : 'nowrap'}>{row.no}</span>,
          },
          { key: 'day', title: words('entryOn'), render: (row) => <DayText value={row.voucherOn} short today={company.today} /> },
          {
            key: 'source',
            title: words('voucherFor'),
            render: (row) => words(`${row.isUndoing ? 'voucherUndoes' : 'voucherSources'}.${row.sourceKind}`),
          },
        ]}
      />
    </Panel>
  )
}
