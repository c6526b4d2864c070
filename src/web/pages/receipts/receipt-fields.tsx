import { Input, Select } from 'antd'
import { currencies, minorUnits } from '../../../kernel/currency.ts'
import { listBankAccounts, listMethods } from '../../../modules/receipts/receipt-methods.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { MastersLink } from '../../ui/masters-link.tsx'
import { useWords } from '../../words.ts'
import { CustomerChoice } from './customer-choice.tsx'
import { OrderChoice } from './order-choice.tsx'
import type { ReceiptValues } from './receipt-form.ts'

/** Who paid, and for what. Without a customer the money is unidentified until somebody knows better. */
export function PayerFields({ values, onCustomer }: { values: ReceiptValues; onCustomer: (customerId: string) => void }) {
  const words = useWords('receipts')
  return (
    <FormSection title={words('form.payer')} columns={2}>
      <FormField
        name="customerId"
        label={words('fields.customer')}
        optional
        help={values.customerId ? undefined : words('form.withoutCustomer')}
      >
        <CustomerChoice autoFocus />
      </FormField>
      <FormField name="orderId" label={words('fields.order')} optional>
        <OrderChoice customerId={values.customerId} onCustomer={onCustomer} />
      </FormField>
      <FormField name="payerName" label={words('fields.payerName')} optional>
        <Input maxLength={200} />
      </FormField>
      <FormField name="reference" label={words('fields.reference')} optional help={words('form.referenceHelp')}>
        <Input maxLength={500} />
      </FormField>
    </FormSection>
  )
}

export function MoneyFields({ values }: { values: ReceiptValues }) {
  const words = useWords('receipts')
  const { company } = useSession()
  const { currency = company.baseCurrency } = values
  const accounts = (useApi(listBankAccounts).data?.items ?? []).filter((one) => one.status === 'active' && one.currency === currency)
  const methods = (useApi(listMethods).data?.items ?? []).filter((one) => one.status === 'active')
  return (
    <FormSection title={words('form.money')} columns={3}>
      <FormField
        name="receivedOn"
        label={words('fields.receivedOn')}
        help={values.receivedOn > company.today ? words('form.inFuture') : undefined}
      >
        <DayInput required />
      </FormField>
      <FormField name="amount" label={words('fields.amount')}>
        <AmountInput decimals={minorUnits(currency)} />
      </FormField>
      <FormField name="currency" label={words('fields.currency')}>
        <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
      </FormField>
      {currency === company.baseCurrency ? null : (
        <FormField name="rate" label={words('form.rate', { currency, base: company.baseCurrency })}>
          <Input inputMode="decimal" />
        </FormField>
      )}
      <FormField name="fee" label={words('fields.fee')} optional help={words('form.feeHelp')}>
        <AmountInput decimals={minorUnits(currency)} />
      </FormField>
      <FormField
        name="methodId"
        label={words('fields.method')}
        optional
        help={
          <MastersLink to={paths.paymentMethods()} permission="company.edit">
            {words('manageMethods')}
          </MastersLink>
        }
      >
        <Select allowClear options={methods.map(({ id, name }) => ({ value: id, label: name }))} />
      </FormField>
      <FormField
        name="bankAccountId"
        label={words('fields.bankAccount')}
        optional
        help={
          <MastersLink to={paths.bankAccounts()} permission="company.edit">
            {words('manageAccounts')}
          </MastersLink>
        }
      >
        <Select
          allowClear
          notFoundContent={words('form.noAccount', { currency })}
          options={accounts.map(({ id, name, accountNo }) => ({ value: id, label: `${name} …${accountNo.slice(-4)}` }))}
        />
      </FormField>
      <FormField name="channelTx" label={words('fields.channelTx')} optional>
        <Input maxLength={120} />
      </FormField>
      <FormField name="remark" label={words('fields.remark')} optional wide>
        <Input.TextArea rows={2} maxLength={1000} />
      </FormField>
    </FormSection>
  )
}
