import { Form, Radio } from 'antd'
import { reverseAllocations } from '../../modules/allocations/allocations.api.ts'
import { useAction } from '../queries.ts'
import { useWords } from '../words.ts'
import { formatDecimal } from './amount-text.ts'
import { ReversalDialog } from './reversal-dialog.tsx'

type Undone = { readonly id: string; readonly batchId: string; readonly receivableNo: string | null; readonly amount: string }

/** 反核销 of one line or of everything that was allocated with it, wherever an allocation is seen. */
export function ReverseAllocation({ allocation }: { allocation: Undone }) {
  const words = useWords('allocations')
  const action = useAction(reverseAllocations)
  const { id, batchId } = allocation
  const no = allocation.receivableNo ?? ''
  return (
    <ReversalDialog<{ what: 'one' | 'batch' }>
      label={words('undo')}
      title={words('undoTitle', { no })}
      consequence={words('undoWill', { no, amount: formatDecimal(allocation.amount) })}
      dayLabel={words('undoneOn')}
      look="link"
      initial={{ what: 'one' }}
      onReverse={({ what, reason, reversedOn: entryOn }) =>
        action.mutateAsync({ body: { ...(what === 'one' ? { allocationIds: [id] } : { batchId }), reason, entryOn } })
      }
    >
      <Form.Item name="what">
        <Radio.Group options={(['one', 'batch'] as const).map((value) => ({ value, label: words(`undoWhat.${value}`) }))} />
      </Form.Item>
    </ReversalDialog>
  )
}
