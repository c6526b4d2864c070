import { Form, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { confirmSession } from '../../modules/people/sign-in.api.ts'
import { call, confirmation } from '../api.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { RequiredText } from '../ui/required-text.tsx'
import { useWork } from '../use-work.ts'
import { useWords } from '../words.ts'

/** Asks for the password or a code before a step that moves money or opens doors; the step goes on by itself once it is shown, and is refused where it is not. */
export function ConfirmIdentity() {
  const words = useWords('people')
  const shared = useWords('shared')
  const [form] = Form.useForm<{ secret: string }>()
  const [waiting, setWaiting] = useState<{ end: (shown: boolean) => void }>()
  const { busy, problem, run } = useWork()
  useEffect(() => {
    confirmation.ask = () => new Promise<boolean>((resolve) => setWaiting({ end: resolve }))
    return () => {
      confirmation.ask = undefined
    }
  }, [])
  const end = (shown: boolean) => {
    waiting?.end(shown)
    setWaiting(undefined)
  }
  const show = ({ secret }: { secret: string }) =>
    run(async () => {
      await call(confirmSession, { body: { secret } })
      end(true)
    })
  return (
    <Modal
      open={waiting !== undefined}
      title={words('confirmIdentity.title')}
      okText={words('confirmIdentity.go')}
      cancelText={shared('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => end(false)}
      destroyOnHidden
    >
      <p>{words('confirmIdentity.why')}</p>
      {problem ? <ErrorState problem={problem} /> : null}
      <Form form={form} layout="vertical" preserve={false} requiredMark={false} onFinish={(values) => void show(values)}>
        <Form.Item name="secret" label={words('confirmIdentity.secret')} rules={[{ required: true, message: <RequiredText /> }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
