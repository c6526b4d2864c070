import { Form, Input, Modal, Radio } from 'antd'
import { mergeCustomer } from '../../../modules/customers/customer-merges.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import type { Pair } from './duplicates-page.tsx'

/** Which of the two stays, and why they are one. */
export function MergeDialog({ pair: { a, b }, onClose }: { pair: Pair; onClose: () => void }) {
  const words = useWords('customers')
  const [form] = Form.useForm<{ intoId: string; reason: string }>()
  const merge = useAction(mergeCustomer, { onDone: onClose })
  const send = ({ intoId, reason }: { intoId: string; reason: string }) => {
    const from = intoId === a.id ? b : a
    merge.mutate({ body: { fromId: from.id, fromVersion: from.version, intoId, reason } })
  }
  return (
    <Modal
      open
      title={words('duplicates.merge')}
      okText={words('duplicates.merge')}
      okButtonProps={{ danger: true, type: 'default' }}
      confirmLoading={merge.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{words('duplicates.consequence')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ intoId: a.id }} onFinish={send}>
        <Form.Item name="intoId" label={words('duplicates.stays')}>
          <Radio.Group vertical options={[a, b].map((side) => ({ value: side.id, label: `${side.code} ${side.name}` }))} />
        </Form.Item>
        <Form.Item name="reason" label={words('reason')} rules={[{ required: true, message: words('shared:form.required') }]}>
          <Input maxLength={300} />
        </Form.Item>
      </Form>
      {merge.error ? <ErrorState problem={merge.error} /> : null}
    </Modal>
  )
}
