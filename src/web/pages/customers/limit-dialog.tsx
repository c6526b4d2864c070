import { Form, Input, Modal, Radio } from 'antd'
import { requestLimit } from '../../../modules/credit/credit.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import type { Customer, Overview } from './customer-page.tsx'

type Values = { kind: 'standard' | 'temporary'; limit: string; effectiveFrom: string; effectiveUntil?: string; reason: string }

/** Asks for a standard or a temporary limit; says what is used today, and who will decide. */
export function LimitDialog({ customer, overview: { credit }, onClose }: { customer: Customer; overview: Overview; onClose: () => void }) {
  const words = useWords('customers')
  const { company, may } = useSession()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form)
  const ask = useAction(requestLimit, { onDone: onClose })
  const send = ({ effectiveUntil, ...values }: Values) =>
    ask.mutate({
      params: { customerId: customer.id },
      body: { ...values, version: credit.version, effectiveUntil: values.kind === 'temporary' ? (effectiveUntil ?? null) : null },
    })
  const required = [{ required: true, message: words('shared:form.required') }]
  return (
    <Modal
      open
      title={words('limits.askTitle', { name: customer.name })}
      okText={words('limits.ask')}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="secondary">
        {words('limits.now')}{' '}
        {credit.limit.amount === null ? words(`credit.${credit.limit.kind}`) : <Amount value={credit.limit.amount} strong />} ·{' '}
        {words('limits.used')} <Amount value={credit.exposure} />
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'standard', effectiveFrom: company.today }}
        onFinish={send}
      >
        <Form.Item name="kind" label={words('limits.kind')}>
          <Radio.Group options={(['standard', 'temporary'] as const).map((value) => ({ value, label: words(`limits.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item name="limit" label={`${words('limit')} (${credit.currency})`} rules={required}>
          <AmountInput />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={words('limits.from')} rules={required}>
          <DayInput required earliest={company.today} />
        </Form.Item>
        {kind === 'temporary' ? (
          <Form.Item name="effectiveUntil" label={words('limits.until')} rules={required}>
            <DayInput required earliest={company.today} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="reason"
          label={words('reason')}
          rules={required}
          extra={words(may('credit.hold') ? 'limits.decides' : 'limits.waits')}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
      {ask.error ? <ErrorState problem={ask.error} /> : null}
    </Modal>
  )
}
