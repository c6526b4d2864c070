import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, Radio, Select } from 'antd'
import { currencies } from '../../../kernel/currency.ts'
import { enterReceivables } from '../../../modules/receivables/receivables.api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'
import { DueDayHint } from './due-day-hint.tsx'

type Values = { kind: 'manual' | 'opening'; customerId: string } & {
  [name in
    | 'orderId'
    | 'currency'
    | 'rate'
    | 'amount'
    | 'tax'
    | 'originalAmount'
    | 'issuedOn'
    | 'dueOn'
    | 'entryOn'
    | 'reference'
    | 'sourceNo'
    | 'remark']?: string
}

/** What a link may fill in: the order whose receivable is missing. */
const GIVEN = { customerId: '', orderId: '', amount: '', currency: '', reference: '' } as const

/** 新增应收 by hand, or one opening balance. The server says what is wrong at its field. */
export function NewReceivablePage() {
  const words = useWords('receivables')
  const { company } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const { values } = useFilters(GIVEN)
  const action = useAction(enterReceivables)
  const save = async (values: Values) => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
    const { ids } = await action.mutateAsync({ body: { receivables: [given as never] } }).catch((error: unknown) => {
      throw error instanceof ApiProblem ? atFields(error) : error
    })
    void message.success(words('saved'))
    void navigate({ to: paths.receivable({ id: ids[0]! }) })
  }
  return (
    <>
      <PageHead crumbs={[{ label: words('ledger'), to: paths.receivables() }]} title={words('formTitle')} />
      <FormPage<Values>
        form={form}
        initial={{ kind: 'manual', issuedOn: company.today, ...values, currency: values.currency || company.baseCurrency }}
        onSubmit={save}
        submitLabel={words('open')}
        onCancel={() => void navigate({ to: paths.receivables() })}
      >
        <Fields form={form} />
      </FormPage>
    </>
  )
}

function Fields({ form }: { form: ReturnType<typeof Form.useForm<Values>>[0] }) {
  const words = useWords('receivables')
  const { company } = useSession()
  const kind = Form.useWatch('kind', form)
  const currency = Form.useWatch('currency', form)
  const customerId = Form.useWatch('customerId', form)
  const issuedOn = Form.useWatch('issuedOn', form)
  const dueOn = Form.useWatch('dueOn', form)
  return (
    <>
      <FormSection title={words('formWho')}>
        <Form.Item name="orderId" hidden>
          <Input />
        </Form.Item>
        <FormField name="customerId" label={words('customer')}>
          <CustomerSelect />
        </FormField>
        <FormField name="kind" label={words('kind')} help={kind === 'opening' ? words('kindHint') : undefined}>
          <Radio.Group options={(['manual', 'opening'] as const).map((value) => ({ value, label: words(`kinds.${value}`) }))} />
        </FormField>
      </FormSection>
      <FormSection title={words('formHowMuch')} columns={3}>
        <FormField name="amount" label={kind === 'opening' ? words('openAmount') : words('amount')} help={words('taxHint')}>
          <AmountInput />
        </FormField>
        {kind === 'opening' ? (
          <FormField name="originalAmount" label={words('originalAmount')} optional>
            <AmountInput />
          </FormField>
        ) : (
          <FormField name="tax" label={words('tax')} optional>
            <AmountInput />
          </FormField>
        )}
        <FormField name="currency" label={words('currency')}>
          <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
        </FormField>
        {currency === undefined || currency === company.baseCurrency ? null : (
          <FormField name="rate" label={words('rate')} help={`1 ${currency} = ? ${company.baseCurrency}`}>
            <Input inputMode="decimal" />
          </FormField>
        )}
      </FormSection>
      <FormSection title={words('formWhen')} columns={3}>
        <FormField name="issuedOn" label={words('issuedOn')}>
          <DayInput required latest={company.today} />
        </FormField>
        <FormField
          name="dueOn"
          label={words('dueOn')}
          optional
          help={<DueDayHint customerId={customerId ?? ''} issuedOn={issuedOn ?? ''} dueOn={dueOn ?? ''} />}
        >
          <DayInput />
        </FormField>
      </FormSection>
      <FormSection title={words('formMore')} columns={2}>
        <FormField name="reference" label={words('reference')} optional>
          <Input maxLength={200} />
        </FormField>
        <FormField name="sourceNo" label={words('sourceNo')} optional>
          <Input maxLength={120} />
        </FormField>
        <FormField name="remark" label={words('remark')} optional wide>
          <Input.TextArea rows={3} maxLength={1_000} />
        </FormField>
      </FormSection>
    </>
  )
}

/** The server names the first of a list; the form has one. */
function atFields(problem: ApiProblem): ApiProblem {
  const issues = problem.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^receivables\.0\./, '') }))
  return new ApiProblem({ code: problem.code, status: problem.status, message: problem.message, requestId: problem.requestId, issues })
}
