import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWork } from '../use-work.ts'
import { useWords } from '../words.ts'
import { ErrorState } from './error-state.tsx'

/** A red outlined button for what cannot be undone. It asks once, says the consequence, and stays open with the error when it fails. */
export function ConfirmDanger(props: {
  label: string
  title: string
  consequence: ReactNode
  icon?: ReactNode
  disabled?: boolean
  small?: boolean
  onConfirm: () => Promise<unknown>
}) {
  const { label, title, consequence, icon, disabled = false, small = false, onConfirm } = props
  const words = useWords('shared')
  const [open, setOpen] = useState(false)
  const { busy, problem, run } = useWork()
  const confirm = () =>
    run(async () => {
      await onConfirm()
      setOpen(false)
    })
  return (
    <>
      <Button danger icon={icon} disabled={disabled} size={small ? 'small' : 'middle'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={label}
        okButtonProps={{ danger: true, type: 'default' }}
        cancelText={words('goBack')}
        confirmLoading={busy}
        onOk={() => void confirm()}
        onCancel={() => setOpen(false)}
      >
        <p>{consequence}</p>
        {problem ? <ErrorState problem={problem} /> : null}
      </Modal>
    </>
  )
}
