import { Amount } from '../../ui/amount.tsx'
import { useWords } from '../../words.ts'

type Sum = { currency: string; amount: string; unallocated: string }

/** The sums of the whole filter, one a currency: never added over currencies. */
export function ReceiptSums({ sums }: { sums: readonly Sum[] }) {
  const words = useWords('receipts')
  return (
    <span className="row wrap">
      {sums.map((sum) => (
        <span key={sum.currency} className="nowrap">
          {words('sum')} <Amount value={sum.amount} strong currency={sum.currency} /> · {words('fields.unallocated')}{' '}
          <Amount value={sum.unallocated} />
        </span>
      ))}
    </span>
  )
}
