import { Button, Form, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSession } from '../session.tsx'
import { useWork } from '../use-work.ts'
import { useWords } from '../words.ts'
import { DayInput } from './day-input.tsx'
import { ErrorState } from './error-state.tsx'

export type Reversal = { reason: string; reversedOn: string }

/**
 * The button and dialog of everything that is undone by a mirror row: what will follow, the reason and the day that go to the books. Stays open
 * with the server's sentence when it fails. `children` are further fields of the form, with their values in `initial`.
 */
export function ReversalDialog<Extra extends object = object>(props: {
  label: string
  title: string
  consequence: string
  dayLabel: string
  look: 'link' | 'danger'
  initial?: Extra
  onReverse: (values: Reversal & Extra) => Promise<unknown>
  children?: ReactNode
}) {
  const { label, title, consequence, dayLabel, look, initial, onReverse, children } = props
  const shared = useWords('shared')
  const { company } = useSession()
  const [open, setOpen] = useState(false)
  const { busy, problem, run } = useWork()
  const [form] = Form.useForm<Reversal & Extra>()
  const reverse = (values: Reversal & Extra) =>
    run(async () => {
      await onReverse(values)
      setOpen(false)
    })
  return (
    <>
      <Button {...(look === 'link' ? { size: 'small', type: 'link' } : { danger: true })} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={label}
        okButtonProps={{ danger: true, type: 'default' }}
        cancelText={shared('cancel')}
        confirmLoading={busy}
        destroyOnHidden
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <p>{consequence}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ ...initial, reversedOn: company.today }}
          onFinish={(values) => void reverse(values as Reversal & Extra)}
        >
          {children}
          <Form.Item name="reason" label={shared('reason')} rules={[{ required: true, message: shared('form.required') }]}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="reversedOn" label={dayLabel}>
            <DayInput required latest={company.today} />
          </Form.Item>
        </Form>
        {problem ? <ErrorState problem={problem} /> : null}
      </Modal>
    </>
  )
}
