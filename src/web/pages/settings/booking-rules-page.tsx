import { App, Form, Input, InputNumber, Radio } from 'antd'
import { minorUnits } from '../../../kernel/currency.ts'
import { getSettings, putSettings } from '../../../modules/company/company.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'

type Stored = Answer<typeof getSettings>
const KEYS = ['receivables', 'receipts', 'allocations'] as const
type Values = {
  receivables: { openOn: 'approved' | 'delivered' }
  receipts: { duplicateDays: number; careTaskDays: number }
  allocations: { onConfirmation: string; toleranceAbsolute: Record<string, string>; tolerancePercent: string }
}

/** 入账与核销规则: when an order becomes receivables, what looks like the same money twice, what happens to money by itself, how much may be missing. */
export function BookingRulesPage() {
  const words = useWords('company')
  const receivables = useApi(getSettings, { params: { key: 'receivables' } })
  const receipts = useApi(getSettings, { params: { key: 'receipts' } })
  const allocations = useApi(getSettings, { params: { key: 'allocations' } })
  return (
    <div className="form-width">
      <PageHead title={words('booking.title')} meta={words('booking.meta')} />
      <Loaded query={receivables}>
        {(one) => (
          <Loaded query={receipts}>
            {(two) => (
              <Loaded query={allocations}>
                {(three) => (
                  <RulesForm
                    key={`${one.version} ${two.version} ${three.version}`}
                    stored={{ receivables: one, receipts: two, allocations: three }}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </div>
  )
}

function RulesForm({ stored }: { stored: Record<(typeof KEYS)[number], Stored> }) {
  const words = useWords('company')
  const { may } = useSession()
  const { message } = App.useApp()
  const save = useAction(putSettings)
  const initial = Object.fromEntries(KEYS.map((key) => [key, stored[key].value])) as Values
  const submit = async (values: Values) => {
    for (const key of KEYS) {
      const value = { ...stored[key].value, ...values[key] }
      if (JSON.stringify(value) === JSON.stringify(stored[key].value)) continue
      await save.mutateAsync({ params: { key }, body: { value, version: stored[key].version } })
    }
    message.success(words('page.saved'))
  }
  const fields = <Fields currencies={Object.keys(initial.allocations.toleranceAbsolute)} />
  if (!may('vouchers.editRules'))
    return (
      <Form disabled layout="vertical" initialValues={initial}>
        {fields}
      </Form>
    )
  return (
    <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={words('shared:save')} consequence={words('booking.consequence')}>
      {fields}
    </FormPage>
  )
}

function Fields({ currencies }: { currencies: readonly string[] }) {
  const words = useWords('company')
  const choices = (name: string, values: readonly string[]) => values.map((value) => ({ value, label: words(`booking.${name}.${value}`) }))
  return (
    <>
      <FormSection title={words('booking.receivables')}>
        <FormField name={['receivables', 'openOn']} label={words('booking.openOnLabel')} help={words('booking.openOnHelp')}>
          <Radio.Group vertical options={choices('openOn', ['approved', 'delivered'])} />
        </FormField>
      </FormSection>
      <FormSection title={words('booking.receipts')} columns={2}>
        <FormField name={['receipts', 'duplicateDays']} label={words('booking.duplicateDays')} help={words('booking.duplicateDaysHelp')}>
          <InputNumber min={0} max={365} precision={0} />
        </FormField>
        <FormField name={['receipts', 'careTaskDays']} label={words('booking.careTaskDays')} help={words('booking.careTaskDaysHelp')}>
          <InputNumber min={0} max={90} precision={0} />
        </FormField>
      </FormSection>
      <FormSection title={words('booking.allocations')}>
        <FormField name={['allocations', 'onConfirmation']} label={words('booking.onConfirmationLabel')}>
          <Radio.Group vertical options={choices('onConfirmation', ['off', 'reference', 'oldest', 'statutory'])} />
        </FormField>
      </FormSection>
      <FormSection title={words('booking.tolerance')} sub={words('booking.toleranceSub')} columns={3}>
        <FormField name={['allocations', 'tolerancePercent']} label={words('booking.tolerancePercent')}>
          <Input inputMode="decimal" suffix="%" maxLength={7} />
        </FormField>
        {currencies.map((currency) => (
          <FormField
            key={currency}
            name={['allocations', 'toleranceAbsolute', currency]}
            label={words('booking.toleranceIn', { currency })}
          >
            <AmountInput decimals={minorUnits(currency)} />
          </FormField>
        ))}
      </FormSection>
    </>
  )
}
