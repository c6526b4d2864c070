import { Button, Input, Modal, QRCode } from 'antd'
import { useState } from 'react'
import { confirmTotp, enrolTotp, removeTotp } from '../../../modules/people/sign-in.api.ts'
import { useAction } from '../../queries.ts'
import { neutral } from '../../tokens.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

/** The second factor: on with password, QR code and a first code; off with the password. */
export function TotpPanel({ isOn }: { isOn: boolean }) {
  const words = useWords('people')
  const [open, setOpen] = useState(false)
  const title = words(isOn ? 'account.remove' : 'account.enrol')
  return (
    <Panel title={words('account.totp')} sub={words(isOn ? 'account.totpOn' : 'account.totpOff')}>
      <p className="secondary">{words('account.totpText')}</p>
      <Button onClick={() => setOpen(true)}>{title}</Button>
      <Modal open={open} footer={null} title={title} onCancel={() => setOpen(false)} destroyOnHidden mask={{ closable: false }}>
        {open ? isOn ? <Remove onDone={() => setOpen(false)} /> : <Enrol onDone={() => setOpen(false)} /> : null}
      </Modal>
    </Panel>
  )
}

function Enrol({ onDone }: { onDone: () => void }) {
  const words = useWords('people')
  const [made, setMade] = useState<{ uri: string; backupCodes: string[] }>()
  const enrol = useAction(enrolTotp, { onDone: setMade })
  const confirm = useAction(confirmTotp, { onDone })
  if (!made)
    return (
      <WithPassword label={words('account.enrol')} onSubmit={(password) => enrol.mutateAsync({ body: { password } })} onCancel={onDone} />
    )
  return (
    <div className="stack">
      <b>{words('account.scan')}</b>
      <QRCode
        type="svg"
        value={made.uri}
        bordered={false}
        color={neutral.light.text}
        bgColor={neutral.light.container}
        aria-label={words('account.qr')}
      />
      <code className="hash">{new URL(made.uri).searchParams.get('secret')}</code>
      <b>{words('account.backup')}</b>
      <ul className="choices">
        {made.backupCodes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <FormPage<{ code: string }>
        initial={{}}
        onSubmit={({ code }) => confirm.mutateAsync({ body: { code } })}
        submitLabel={words('account.confirmSubmit')}
        onCancel={onDone}
      >
        <FormField name="code" label={words('account.confirm')}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
        </FormField>
      </FormPage>
    </div>
  )
}

function Remove({ onDone }: { onDone: () => void }) {
  const words = useWords('people')
  const remove = useAction(removeTotp, { onDone })
  return (
    <>
      <p>{words('account.removeText')}</p>
      <WithPassword label={words('account.remove')} onSubmit={(password) => remove.mutateAsync({ body: { password } })} onCancel={onDone} />
    </>
  )
}

function WithPassword({
  label,
  onSubmit,
  onCancel,
}: {
  label: string
  onSubmit: (password: string) => Promise<unknown>
  onCancel: () => void
}) {
  const words = useWords('people')
  return (
    <FormPage<{ password: string }> initial={{}} onSubmit={({ password }) => onSubmit(password)} submitLabel={label} onCancel={onCancel}>
      <FormField name="password" label={words('account.current')}>
        <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
      </FormField>
    </FormPage>
  )
}
