import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWork } from '../../use-work.ts'
import { useWords } from '../../words.ts'

/** A small master record in a dialog: stays open, with the server's sentence, when saving fails. */
export function MasterForm<Values extends object>(props: {
  title: string
  initial: Values
  onSave: (values: Values) => Promise<unknown>
  onClose: () => void
  children: ReactNode
}) {
  const { title, initial, onSave, onClose, children } = props
  const shared = useWords('shared')
  const [form] = Form.useForm<Values>()
  const { busy, problem, run } = useWork()
  const save = (values: Values) =>
    run(async () => {
      await onSave({ ...initial, ...values })
      onClose()
    })
  return (
    <Modal
      open
      title={title}
      okText={shared('save')}
      cancelText={shared('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={(values) => void save(values as Values)}>
        {children}
      </Form>
      {problem ? <ErrorState problem={problem} /> : null}
    </Modal>
  )
}
