import { Form, Input, Modal } from 'antd'
import { holdCustomer, releaseCustomer } from '../../../modules/credit/credit.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import type { Customer } from './customer-page.tsx'

/** 信用冻结 or its release, with a reason; the consequence stands above the field. */
export function HoldDialog({ customer, onHold, onClose }: { customer: Customer; onHold: boolean; onClose: () => void }) {
  const words = useWords('customers')
  const [form] = Form.useForm<{ reason: string }>()
  const action = useAction(onHold ? releaseCustomer : holdCustomer, { onDone: onClose })
  const verb = onHold ? 'release' : 'hold'
  return (
    <Modal
      open
      title={words(`hold.${verb}Title`, { name: customer.name })}
      okText={words(`hold.${verb}`)}
      okButtonProps={onHold ? {} : { danger: true, type: 'default' }}
      confirmLoading={action.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{words(`hold.${verb}Consequence`)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => action.mutate({ params: { customerId: customer.id }, body })}
      >
        <Form.Item name="reason" label={words('reason')} rules={[{ required: true, message: words('shared:form.required') }]}>
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
      {action.error ? <ErrorState problem={action.error} /> : null}
    </Modal>
  )
}
