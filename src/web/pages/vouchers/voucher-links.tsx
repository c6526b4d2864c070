import { Link } from '@tanstack/react-router'
import type { listVouchers } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Row = Answer<typeof listVouchers>['items'][number]

/** The document that a voucher comes from, as a door: the receivable, or the receipt and its allocations. */
export function VoucherSource({ row }: { row: Pick<Row, 'sourceKind' | 'sourceId' | 'sourceNo' | 'receiptId' | 'reverses'> }) {
  const words = useWords('vouchers')
  const { sourceKind, sourceId, sourceNo, receiptId, reverses } = row
  const kind = words(sourceKind === 'allocationBatch' && reverses !== null ? 'sourceUndone' : `sources.${sourceKind}`)
  const id = sourceKind === 'allocationBatch' ? receiptId : sourceId
  const label = sourceNo ?? ''
  return (
    <span className="nowrap">
      <span className="secondary">{kind}</span>{' '}
      {id === null ? label : <Link to={sourceKind === 'receivable' ? paths.receivable({ id }) : paths.receipt({ id })}>{label}</Link>}
    </span>
  )
}

/** Only what is unusual has a word: what it takes back, and what took it back, each with its door. */
export function VoucherState({ row }: { row: Pick<Row, 'reverses' | 'reversedBy' | 'reversed'> }) {
  const words = useWords('vouchers')
  return (
    <>
      {row.reverses === null ? null : (
        <span className="row">
          <Status word="reversed" text={words('reversalOf')} plain />
          <VoucherLink voucher={row.reverses} />
        </span>
      )}
      {row.reversedBy.length === 0 ? null : (
        <span className="row">
          <Status word="reversed" text={words(row.reversed ? 'isReversed' : 'isPartlyReversed')} plain />
          {row.reversedBy.map((one) => (
            <VoucherLink key={one.id} voucher={one} />
          ))}
        </span>
      )}
    </>
  )
}

function VoucherLink({ voucher: { id, no } }: { voucher: { id: string; no: string } }) {
  return (
    <Link className="nowrap" to={paths.voucher({ id })}>
      {no}
    </Link>
  )
}
