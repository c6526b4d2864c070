import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { currencies } from '../../../kernel/currency.ts'
import type { Phrase } from '../../../kernel/phrase.ts'
import { optionalFields } from '../../../modules/orders/order-completeness.ts'
import { listMethods } from '../../../modules/receipts/receipt-methods.api.ts'
import type { PaymentTerms } from '../../../modules/terms/payment-terms.ts'
import { listTerms } from '../../../modules/terms/terms.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { MastersLink } from '../../ui/masters-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PaymentLawNote } from '../../ui/payment-law-note.tsx'
import { usePeopleToChoose } from '../../ui/people-to-choose.ts'
import { phraseText, useWords } from '../../words.ts'
import { CustomerChoice } from './choices.tsx'
import type { OrderForm } from './order-form.ts'
import type { OrderFormState } from './use-order-form.ts'

/** 客户与条件: what is not chosen shows the customer's default, which the server will take. */
export function ConditionsPanel({ state }: { state: OrderFormState }) {
  const words = useWords('orders')
  const { form, set, check } = state
  const content = check.data?.content as { salespersonId?: string | null; termsId?: string | null; currency?: string } | undefined
  const optional = check.data?.optional ?? optionalFields()
  const error = (path: string) => state.problem?.issues.find((issue) => issue.path === path)?.message
  return (
    <Panel title={words('form.conditions')} className="form-section order-conditions">
      <div className="fields columns-3">
        <Field name="customerId" label={words('form.customer')} error={error('customerId')}>
          <CustomerChoice
            label={words('form.customer')}
            value={form.customerId}
            onChange={(customerId) => set({ customerId, salespersonId: undefined, termsId: undefined, currency: undefined })}
          />
        </Field>
        <Field
          name="salespersonId"
          optional={optional.includes('salespersonId')}
          label={words('form.salesperson')}
          error={error('salespersonId')}
        >
          <PersonChoice
            value={form.salespersonId === undefined ? content?.salespersonId : form.salespersonId}
            onChange={(salespersonId) => set({ salespersonId })}
            label={words('form.salesperson')}
          />
        </Field>
        <Field name="orderedOn" label={words('form.orderedOn')} error={error('orderedOn')}>
          <DayInput required value={form.orderedOn} onChange={(orderedOn) => set({ orderedOn })} aria-label={words('form.orderedOn')} />
        </Field>
        <TermsField
          state={state}
          value={form.termsId === undefined ? content?.termsId : form.termsId}
          error={error('termsId') ?? error('terms')}
        />
        <Field name="deliveryOn" label={words('form.deliveryOn')} error={error('deliveryOn')}>
          <DayInput value={form.deliveryOn} onChange={(deliveryOn) => set({ deliveryOn })} aria-label={words('form.deliveryOn')} />
        </Field>
        <Field
          name="customerReference"
          optional={optional.includes('customerReference')}
          label={words('form.reference')}
          error={check.data?.sameReference ? words('form.sameReference', { no: check.data.sameReference.no }) : error('customerReference')}
        >
          <Input
            value={form.customerReference}
            status={check.data?.sameReference ? 'error' : ''}
            maxLength={80}
            onChange={(event) => set({ customerReference: event.target.value })}
            aria-label={words('form.reference')}
          />
        </Field>
        <MoneyFields state={state} currency={form.currency ?? content?.currency} error={error} />
        <Field name="remark" optional label={words('form.remark')} wide>
          <Input.TextArea
            id="order-remark"
            value={form.remark}
            rows={2}
            maxLength={1_000}
            onChange={(event) => set({ remark: event.target.value })}
            aria-label={words('form.remark')}
          />
        </Field>
      </div>
      <TermsLaw form={form} termsId={form.termsId === undefined ? content?.termsId : form.termsId} />
    </Panel>
  )
}

/** A label above its control, marked where it may stay empty (required is the norm); the sentence of what is wrong under it. */
function Field({
  name,
  label,
  optional = false,
  error,
  help,
  wide = false,
  children,
}: {
  name: string
  label: string
  optional?: boolean
  error?: string | undefined
  help?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  const words = useWords('shared')
  return (
    <div className={`field ${wide ? 'wide' : ''}`} data-field={name}>
      <div className="secondary">
        {label}
        {optional ? <span className="muted optional">{words('form.optional')}</span> : null}
      </div>
      {children}
      {error ? (
        <div className="danger small" role="alert">
          {error}
        </div>
      ) : help ? (
        <div className="secondary small">{help}</div>
      ) : null}
    </div>
  )
}

function TermsField({ state, value, error }: { state: OrderFormState; value: string | null | undefined; error: string | undefined }) {
  const words = useWords('orders')
  const terms = useApi(listTerms, { query: { status: 'active' } })
  const chosen = terms.data?.items.find(({ id }) => id === value)
  const sentence = chosen?.sentence.map((said) => phraseText(said as Phrase)).join(words('shared:join.clauses'))
  return (
    <Field name="termsId" label={words('form.terms')} error={error} help={sentence}>
      <Select
        id="order-terms"
        aria-label={words('form.terms')}
        value={value ?? null}
        onChange={(termsId: string) => state.set({ termsId })}
        options={(terms.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  )
}

/** What the law on payments to small enterprises says of these terms with this customer. */
function TermsLaw({ form, termsId }: { form: OrderForm; termsId: string | null | undefined }) {
  const { company } = useSession()
  const chosen = useApi(listTerms, { query: { status: 'active' } }).data?.items.find(({ id }) => id === termsId)
  if (!form.customerId || !chosen) return null
  const signedOn = form.orderedOn || company.today
  return <PaymentLawNote customerId={form.customerId} terms={chosen.definition as PaymentTerms} signedOn={signedOn} />
}

function PersonChoice({ value, onChange, label }: { value: string | null | undefined; onChange: (value: string) => void; label: string }) {
  const { options } = usePeopleToChoose(value)
  return (
    <Select
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={options.length > 0 && value ? value : null}
      onChange={(chosen: string) => onChange(chosen)}
      options={options}
    />
  )
}

function MoneyFields({
  state,
  currency,
  error,
}: {
  state: OrderFormState
  currency: string | undefined
  error: (path: string) => string | undefined
}) {
  const words = useWords('orders')
  const session = useSession()
  const methods = useApi(listMethods, {}, { enabled: session.may('receipts.view') })
  const { form, set } = state
  const base = session.company.baseCurrency
  const isForeign = currency !== undefined && currency !== base
  return (
    <>
      <Field
        name="paymentMethodId"
        optional={(state.check.data?.optional ?? optionalFields()).includes('paymentMethodId')}
        label={words('form.method')}
        error={error('paymentMethodId')}
        help={
          <MastersLink to={paths.paymentMethods()} permission="company.edit">
            {words('receipts:manageMethods')}
          </MastersLink>
        }
      >
        <Select
          aria-label={words('form.method')}
          allowClear
          value={form.paymentMethodId ?? null}
          onChange={(paymentMethodId: string | undefined) => set({ paymentMethodId: paymentMethodId ?? null })}
          options={(methods.data?.items ?? [])
            .filter(({ status }) => status === 'active')
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field name="currency" label={words('form.currency')}>
        <Select
          aria-label={words('form.currency')}
          showSearch
          value={currency ?? null}
          onChange={(chosen: string) => set({ currency: chosen, rate: '' })}
          options={currencies.map((code) => ({ value: code, label: code }))}
        />
      </Field>
      {isForeign ? (
        <Field name="rate" label={words('form.rate')} error={error('rate')} help={words('form.rateHelp', { currency, base })}>
          <Input
            className="amount-input"
            inputMode="decimal"
            value={form.rate}
            onChange={(event) => set({ rate: event.target.value.trim() })}
            aria-label={words('form.rate')}
          />
        </Field>
      ) : (
        <Field name="pricesIncludeTax" label={words('form.tax')}>
          <Select
            aria-label={words('form.tax')}
            value={form.pricesIncludeTax}
            onChange={(pricesIncludeTax: boolean) => set({ pricesIncludeTax })}
            options={[
              { value: true, label: words('form.withTax') },
              { value: false, label: words('form.withoutTax') },
            ]}
          />
        </Field>
      )}
    </>
  )
}
