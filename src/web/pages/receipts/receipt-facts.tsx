import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { MoneyWords } from '../../ui/money-words.tsx'
import { useWords } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'

export function ReceiptFacts({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const { company } = useSession()
  const foreign = receipt.currency !== company.baseCurrency
  const label = (key: string) => words(`fields.${key}`)
  return (
    <KeyValues
      rows={[
        [label('amount'), <Amount key="amount" value={receipt.amount} currency={receipt.currency} />],
        ['', receipt.currency === 'CNY' ? <MoneyWords key="words" value={receipt.amount} currency={receipt.currency} /> : null],
        [label('fee'), /[1-9]/.test(receipt.fee) ? <Amount key="fee" value={receipt.fee} /> : null],
        [label('rate'), foreign ? receipt.rate : null],
        [words('inBase', { base: company.baseCurrency }), foreign ? <Amount key="base" value={receipt.amountBase} /> : null],
        [label('customer'), customerLink(receipt)],
        [
          label('order'),
          receipt.orderId === null ? null : (
            <Link key="order" to={paths.order({ id: receipt.orderId })}>
              {receipt.orderNo}
            </Link>
          ),
        ],
        [label('payerName'), receipt.payerName],
        [label('payerAccount'), receipt.payerAccount],
        [label('reference'), receipt.reference],
        [label('method'), receipt.methodName],
        [label('bankAccount'), receipt.bankAccountName],
        [label('channelTx'), receipt.channelTx],
        [label('entity'), receipt.entityName],
        [label('remark'), receipt.remark],
      ]}
    />
  )
}

function customerLink({ customerId, customerName, customerCode }: ReceiptDetail) {
  if (customerId === null) return null
  return (
    <Link key="customer" to={paths.customer({ id: customerId })}>
      {customerName} {customerCode}
    </Link>
  )
}
