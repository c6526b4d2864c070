import { Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '../../api-problem.ts'
import { ErrorState } from '../../ui/error-state.tsx'
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
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const save = async (values: Values) => {
    setBusy(true)
    try {
      await onSave({ ...initial, ...values })
      onClose()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
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
