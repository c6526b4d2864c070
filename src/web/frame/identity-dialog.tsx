import { Form, Input, Modal } from 'antd'
import { confirmSession } from '../../modules/people/sign-in.api.ts'
import { call } from '../api.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { RequiredText } from '../ui/required-text.tsx'
import { useWork } from '../use-work.ts'
import { useWords } from '../words.ts'

/** The password, or a code where there is a second factor; `onEnd` hears whether it was shown. */
export function IdentityDialog({ onEnd }: { onEnd: (shown: boolean) => void }) {
  const words = useWords('people')
  const shared = useWords('shared')
  const [form] = Form.useForm<{ secret: string }>()
  const { busy, problem, run } = useWork()
  const show = ({ secret }: { secret: string }) =>
    run(async () => {
      await call(confirmSession, { body: { secret } })
      onEnd(true)
    })
  return (
    <Modal
      open
      title={words('confirmIdentity.title')}
      okText={words('confirmIdentity.go')}
      cancelText={shared('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => onEnd(false)}
      // a dialog takes the focus itself when it opens: then it is the field's
      afterOpenChange={(open) => open && form.getFieldInstance('secret')?.focus()}
    >
      <p>{words('confirmIdentity.why')}</p>
      {problem ? <ErrorState problem={problem} /> : null}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void show(values)}>
        <Form.Item name="secret" label={words('confirmIdentity.secret')} rules={[{ required: true, message: <RequiredText /> }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
