import { Button } from 'antd'
import { useState } from 'react'
import { everythingLeft } from '../../../modules/orders/delivery-shares.ts'
import { deliverOrder } from '../../../modules/orders/orders.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { OrderAnswer } from './order-form.ts'

/** 登记发货: all that is left is filled in; less is a part delivery. */
export function DeliveryPanel({ order }: { order: OrderAnswer }) {
  const words = useWords('orders')
  const { company } = useSession()
  const left = everythingLeft(order.lines.map((line) => ({ ...line, net: 0n, tax: 0n, amount: 0n })))
  const [deliveredOn, setDeliveredOn] = useState(company.today)
  const [now, setNow] = useState<Record<number, string>>(Object.fromEntries(left.map(({ lineNo, quantity }) => [lineNo, quantity])))
  const action = useAction(deliverOrder)
  const send = () => {
    const lines = left
      .map(({ lineNo }) => ({ lineNo, quantity: now[lineNo] ?? '' }))
      .filter(({ quantity }) => quantity !== '' && !/^0*(\.0*)?$/.test(quantity))
    action.mutate({ params: { id: order.id }, body: { version: order.version, deliveredOn: deliveredOn as never, lines } })
  }
  useKeys([{ keys: 'mod+enter', label: words('detail.deliver'), run: send, inFields: true, disabled: action.isPending }])
  return (
    <Panel title={words('detail.deliver')} flush>
      {action.error ? (
        <Note tone="danger">
          {problemSentence(action.error)} {action.error.issues.map(({ message }) => message).join(' ')}
        </Note>
      ) : null}
      <table className="order-lines">
        <thead>
          <tr>
            <th>{words('form.product')}</th>
            <th className="right">{words('detail.left')}</th>
            <th className="right">{words('detail.deliverNow')}</th>
          </tr>
        </thead>
        <tbody>
          {left.map(({ lineNo, quantity }) => {
            const line = order.lines.find((one) => one.lineNo === lineNo)!
            return (
              <tr key={lineNo}>
                <td>
                  {line.productCode} {line.productName}
                </td>
                <td className="right nowrap">
                  {quantity} {line.unit}
                </td>
                <td className="right">
                  <AmountInput
                    decimals={6}
                    aria-label={`${words('detail.deliverNow')} ${line.productName}`}
                    value={now[lineNo] ?? ''}
                    onChange={(value) => setNow({ ...now, [lineNo]: value })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="row order-totals">
        <span className="secondary">{words('detail.deliverOn')}</span>
        <DayInput required value={deliveredOn} latest={company.today} onChange={setDeliveredOn} aria-label={words('detail.deliverOn')} />
        <span className="grow" />
        <Button type="primary" loading={action.isPending} onClick={send}>
          {words('detail.deliver')} <KeyHint keys="mod+enter" />
        </Button>
      </div>
    </Panel>
  )
}
