import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { handOverCustomers } from '../../../modules/customers/customers.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import { PersonChoice } from './choices.tsx'

type Values = { salespersonId: string | null; moveReceivables: boolean; reason: string }

/** 客户交接: the chosen customers, and if wished what they owe, go to another salesperson. */
export function HandOverDialog({
  customers,
  onDone,
}: {
  customers: readonly { id: string; version: number; name: string }[]
  onDone?: () => void
}) {
  const words = useWords('customers')
  const what = customers.length === 1 ? words('handOver.one') : words('handOver.title', { count: customers.length })
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<Values>()
  const action = useAction(handOverCustomers, {
    onDone: () => {
      setOpen(false)
      onDone?.()
    },
  })
  const send = (values: Values) =>
    action.mutate({
      body: { ...values, salespersonId: values.salespersonId ?? null, customers: customers.map(({ id, version }) => ({ id, version })) },
    })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{what}</Button>
      <Modal
        open={open}
        title={what}
        okText={what}
        confirmLoading={action.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ moveReceivables: true }} onFinish={send}>
          <Form.Item name="salespersonId" label={words('handOver.to')} rules={[{ required: true, message: words('shared:form.required') }]}>
            <PersonChoice />
          </Form.Item>
          <Form.Item name="reason" label={words('reason')} rules={[{ required: true, message: words('shared:form.required') }]}>
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item name="moveReceivables" valuePropName="checked" extra={words('handOver.receivablesHelp')}>
            <Checkbox>{words('handOver.receivables')}</Checkbox>
          </Form.Item>
        </Form>
        {action.error ? <ErrorState problem={action.error} /> : null}
      </Modal>
    </>
  )
}
