import { undoReceipt } from '../../../modules/allocations/allocations.api.ts'
import { useAction } from '../../queries.ts'
import { ReversalDialog } from '../../ui/reversal-dialog.tsx'
import { useWords } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'

/** Takes back a confirmed receipt with everything it paid. */
export function UndoReceipt({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const action = useAction(undoReceipt)
  const { id, version, no, allocations } = receipt
  const count = new Set(allocations.filter((one) => one.reversesId === null && !one.reversed).map((one) => one.receivableId)).size
  return (
    <ReversalDialog
      label={words('undo')}
      title={words('undoTitle', { no: no ?? '' })}
      consequence={words(count > 0 ? 'undoWillAll' : 'undoWill', { count })}
      dayLabel={words('reversedOn')}
      look="danger"
      onReverse={(values) => action.mutateAsync({ params: { id }, body: { version, ...values } })}
    />
  )
}
