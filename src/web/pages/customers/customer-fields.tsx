import { Checkbox, Form, Input, Select } from 'antd'
import { currencies } from '../../../kernel/currency.ts'
import { buyerScales, customerFacets, previewProfile } from '../../../modules/customers/customers.api.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { useWords } from '../../words.ts'
import { CustomerChoice, PersonChoice, RegionChoice, TermsChoice } from './choices.tsx'

/** What a customer form holds; absent and empty are the same. */
export type CustomerValues = { [field: string]: string | string[] | boolean | null | undefined }

/** The fields of a customer. Salesperson and terms stand in the new form only: later they change by hand-over and with a day. */
export function CustomerFields({ isNew, id }: { isNew: boolean; id?: string }) {
  const words = useWords('customers')
  const facets = useApi(customerFacets)
  const listed = (items: readonly string[] | undefined) => (items ?? []).map((value) => ({ value, label: value }))
  const text = (name: string, more: { optional?: boolean; most?: number; wide?: boolean } = {}) => (
    <FormField name={name} label={words(`fields.${name}`)} optional={more.optional ?? true} {...(more.wide ? { wide: true } : {})}>
      <Input maxLength={more.most ?? 120} autoComplete="off" />
    </FormField>
  )
  const word = (name: string, options: { value: string; label: string }[]) => (
    <FormField name={name} label={words(`fields.${name}`)} optional>
      <SelectOrType options={options} />
    </FormField>
  )
  return (
    <>
      <FormSection title={words('sections.who')} columns={2}>
        {text('name', { optional: false, most: 200 })}
        {text('shortName', { most: 60 })}
        <FormField name="code" label={words('fields.code')} optional={isNew} {...(isNew ? { help: words('codeHelp') } : {})}>
          <Input maxLength={40} autoComplete="off" />
        </FormField>
        <FormField name="parentId" label={words('fields.parent')} optional>
          <CustomerChoice except={id} />
        </FormField>
        {isNew ? (
          <>
            <FormField name="salespersonId" label={words('fields.salesperson')} optional>
              <PersonChoice />
            </FormField>
            <FormField name="termsId" label={words('fields.terms')} optional>
              <TermsChoice />
            </FormField>
            <FirstFields />
          </>
        ) : null}
      </FormSection>
      <FormSection title={words('sections.kind')} columns={3}>
        <FormField name="regionId" label={words('fields.region')} optional>
          <RegionChoice />
        </FormField>
        {word('customerType', listed(facets.data?.types))}
        {word('industry', listed(facets.data?.industries))}
        {word('class', listed(facets.data?.classes))}
        <FormField name="buyerScale" label={words('fields.buyerScale')} optional help={words('buyerScaleHelp')}>
          <Select allowClear options={buyerScales.map((value) => ({ value, label: words(`buyerScales.${value}`) }))} />
        </FormField>
        <FormField name="currency" label={words('fields.currency')} optional>
          <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
        </FormField>
        <FormField name="tags" label={words('fields.tags')} optional wide>
          <Select mode="tags" options={listed(facets.data?.tags)} />
        </FormField>
        <FormField name="keyAccount" label="" valuePropName="checked">
          <Checkbox>{words('fields.keyAccount')}</Checkbox>
        </FormField>
      </FormSection>
      <FormSection title={words('sections.tax')} columns={2}>
        <TaxIdField />
        {text('country', { most: 2 })}
        {text('invoiceTitle', { most: 200 })}
        {text('invoiceAddress', { most: 300 })}
        {text('invoicePhone', { most: 60 })}
        {text('bankName')}
        {text('bankBranch')}
        {text('bankAccount', { most: 60 })}
        {text('bankAccountName', { most: 200 })}
        {text('bankCode', { most: 40 })}
      </FormSection>
      <FormSection title={words('sections.reach')} columns={2}>
        {text('phone', { most: 60 })}
        {text('email', { most: 200 })}
        {text('website', { most: 200 })}
        {text('address', { most: 300 })}
        <FormField name="remark" label={words('fields.remark')} optional wide>
          <Input.TextArea rows={3} maxLength={2_000} />
        </FormField>
      </FormSection>
    </>
  )
}

/** What a new customer may come with: its first contact, and a credit limit that is asked for. */
function FirstFields() {
  const words = useWords('customers')
  const { company, may } = useSession()
  return (
    <>
      <FormField name="contactName" label={words('first.contactName')} optional>
        <Input maxLength={100} autoComplete="off" />
      </FormField>
      <FormField name="contactPhone" label={words('first.contactPhone')} optional>
        <Input maxLength={60} autoComplete="off" />
      </FormField>
      {may('credit.request') ? (
        <FormField
          name="askedLimit"
          label={words('first.creditLimit', { currency: company.baseCurrency })}
          optional
          help={words('first.creditLimitHelp')}
        >
          <AmountInput />
        </FormField>
      ) : null}
    </>
  )
}

/** The tax id, judged by the server's rule while it is typed: a wrong check digit is seen before saving. */
function TaxIdField() {
  const words = useWords('customers')
  const taxId = String(Form.useWatch('taxId') ?? '').trim()
  const country = String(Form.useWatch('country') ?? '').trim()
  const judged = useApi(previewProfile, { query: { taxId, ...(country.length === 2 ? { country } : {}) } }, { enabled: taxId.length >= 15 })
  const code = taxId.length >= 15 ? (judged.data?.refused ?? judged.data?.warning) : undefined
  const help = code ? (
    <span className={judged.data?.refused ? 'danger' : 'warn'}>{words(`problems.${code.split('.')[1]}`)}</span>
  ) : (
    words('taxIdHelp')
  )
  return (
    <FormField name="taxId" label={words('fields.taxId')} optional help={help}>
      <Input maxLength={40} autoComplete="off" />
    </FormField>
  )
}

/** One of the words in use, or a new one. */
function SelectOrType({
  value,
  onChange,
  options,
  id,
}: {
  value?: string | null
  onChange?: (value: string | null) => void
  options: { value: string; label: string }[]
  id?: string
}) {
  return (
    <Select
      mode="tags"
      maxCount={1}
      {...(id ? { id } : {})}
      options={options}
      value={value ? [value] : []}
      onChange={(chosen: string[]) => onChange?.(chosen.at(-1) ?? null)}
    />
  )
}
