import { App, Button } from 'antd'
import { useState } from 'react'
import { identifyReceipt } from '../../../modules/receipts/receipts.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { CustomerChoice } from './customer-choice.tsx'
import type { ReceiptDetail } from './receipt-page.tsx'

/** 认款: whose money is it? */
export function IdentifyPanel({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { message } = App.useApp()
  const [customerId, setCustomerId] = useState<string | null>(null)
  const action = useAction(identifyReceipt)
  const run = () => {
    if (customerId === null) return
    action
      .mutateAsync({ params: { id: receipt.id }, body: { version: receipt.version, customerId } })
      .catch((error: ApiProblem) => message.error(problemSentence(error)))
  }
  return (
    <Panel title={words('identify')} sub={words('identifySub')}>
      <div className="row wrap">
        <CustomerChoice value={customerId} onChange={setCustomerId} />
        <Button type="primary" disabled={customerId === null} loading={action.isPending} onClick={run}>
          {words('identifyNow')}
        </Button>
        <span className="secondary">{words('identifyWill')}</span>
      </div>
    </Panel>
  )
}
