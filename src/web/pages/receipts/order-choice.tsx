import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { listOrders } from '../../../modules/orders/orders.api.ts'
import { useApi } from '../../queries.ts'
import { formatDecimal } from '../../ui/amount-text.ts'
import { useWords } from '../../words.ts'

const SHOWN = 20
const TYPING_MS = 250

/** Finds an approved order, of one customer when that is known. Works inside a Form.Item. */
export function OrderChoice(props: {
  value?: string | null
  onChange?: (id: string | null) => void
  onCustomer?: (customerId: string) => void
  id?: string
  customerId: string | null | undefined
}) {
  const { value, onChange, onCustomer, customerId, id } = props
  const words = useWords('receipts')
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const query = { limit: SHOWN, ...(q === '' ? {} : { q }), ...(customerId ? { customerId } : {}) }
  const orders = useApi(listOrders, { query }).data?.items ?? []
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      popupMatchSelectWidth={false}
      placeholder={words('findOrder')}
      notFoundContent={words('noOrder')}
      value={value || null}
      options={orders.map((order) => ({
        value: order.id,
        label: `${order.no ?? ''} · ${order.customerName} · ${formatDecimal(order.amount)} ${order.currency}`,
      }))}
      onChange={(chosen: string | undefined) => {
        onChange?.(chosen ?? null)
        const order = orders.find((one) => one.id === chosen)
        if (order) onCustomer?.(order.customerId)
      }}
    />
  )
}
