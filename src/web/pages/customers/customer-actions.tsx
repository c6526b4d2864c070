import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'
import type { Customer, Overview } from './customer-page.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { HoldDialog } from './hold-dialog.tsx'
import { LimitDialog } from './limit-dialog.tsx'

/** What can be done with this customer; the filled one is what a salesperson comes for. */
export function CustomerActions({ customer, overview }: { customer: Customer; overview: Overview | undefined }) {
  const words = useWords('customers')
  const { may } = useSession()
  const [dialog, setDialog] = useState<'limit' | 'hold'>()
  if (customer.status === 'merged') return null
  const onHold = overview?.credit.hold.onHold ?? false
  return (
    <>
      {may('customers.edit') ? (
        <PageLink to={paths.editCustomer({ id: customer.id })} icon={<EditOutlined />}>
          {words('shared:edit')}
        </PageLink>
      ) : null}
      {may('customers.edit') ? <HandOverDialog customers={[customer]} /> : null}
      {may('credit.request') ? <Button onClick={() => setDialog('limit')}>{words('limits.ask')}</Button> : null}
      {may('credit.hold') ? (
        <Button danger={!onHold} onClick={() => setDialog('hold')}>
          {words(onHold ? 'hold.release' : 'hold.hold')}
        </Button>
      ) : null}
      {may('orders.edit') ? (
        <PageLink to={paths.newOrder({ customerId: customer.id })} look="primary">
          {words('newOrder')}
        </PageLink>
      ) : null}
      {dialog === 'limit' && overview ? <LimitDialog customer={customer} overview={overview} onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'hold' ? <HoldDialog customer={customer} onHold={onHold} onClose={() => setDialog(undefined)} /> : null}
    </>
  )
}
