import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { disputeReceivables, rescheduleReceivables, voidReceivable } from '../../../modules/receivables/receivables.api.ts'
import { useAction } from '../../queries.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Note } from '../../ui/note.tsx'
import { useWork } from '../../use-work.ts'
import { useWords } from '../../words.ts'
import type { Receivable } from './receivable-page.tsx'

/** 改期: another due day, with a reason. */
export function RescheduleButton({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { message } = App.useApp()
  const action = useAction(rescheduleReceivables)
  const save = async ({ dueOn, reason }: Values) => {
    await action.mutateAsync({
      body: { receivables: [{ id: receivable.id, version: receivable.version, dueOn: dueOn!, reason: reason ?? '' }] },
    })
    void message.success(words('rescheduled', { day: dueOn }))
  }
  return (
    <ReasonDialog
      label={words('reschedule')}
      title={words('rescheduleTitle', { no: receivable.no })}
      note={words('rescheduleNote')}
      onSave={save}
      look="primary"
    >
      <Form.Item name="dueOn" label={words('newDueOn')} initialValue={receivable.dueOn} rules={[{ required: true }]}>
        <DayInput required earliest={receivable.issuedOn} />
      </Form.Item>
    </ReasonDialog>
  )
}

/** Marks as disputed, or ends the dispute. */
export function DisputeButton({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { message } = App.useApp()
  const action = useAction(disputeReceivables)
  const label = words(receivable.disputed ? 'endDispute' : 'dispute')
  const save = async ({ reason }: Values) => {
    await action.mutateAsync({
      body: { receivables: [{ id: receivable.id, version: receivable.version, disputed: !receivable.disputed, reason: reason ?? '' }] },
    })
    void message.success(words('disputeSaved'))
  }
  return <ReasonDialog label={label} title={`${label} ${receivable.no}`} onSave={save} look="default" />
}

/** 作废: only while nothing is allocated; asks for the reason and says what follows. */
export function VoidButton({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { message } = App.useApp()
  const action = useAction(voidReceivable)
  const { id, no, version } = receivable
  const save = async ({ reason }: Values) => {
    await action.mutateAsync({ params: { id }, body: { version, reason: reason ?? '' } })
    void message.success(words('voidSaved', { no }))
  }
  return <ReasonDialog label={words('void')} title={words('voidTitle', { no })} note={words('voidNote')} onSave={save} look="danger" />
}

type Values = { dueOn?: string; reason?: string }

function ReasonDialog(props: {
  label: string
  title: string
  note?: string
  look: 'primary' | 'default' | 'danger'
  onSave: (values: Values) => Promise<void>
  children?: React.ReactNode
}) {
  const { label, title, note, look, onSave, children } = props
  const words = useWords('receivables')
  const shared = useWords('shared')
  const [form] = Form.useForm<Values>()
  const [open, setOpen] = useState(false)
  const { busy, problem, run } = useWork()
  const save = (values: Values) =>
    run(async () => {
      await onSave(values)
      setOpen(false)
      form.resetFields()
    })
  return (
    <>
      <Button {...buttonLook(look)} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={label}
        cancelText={shared('cancel')}
        okButtonProps={look === 'danger' ? { danger: true, type: 'default' } : {}}
        confirmLoading={busy}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        {note ? (
          <div className="below">
            <Note tone={look === 'danger' ? 'warning' : 'info'}>{note}</Note>
          </div>
        ) : null}
        <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => void save(values)}>
          {children}
          <Form.Item name="reason" label={words('reason')} rules={[{ required: true, whitespace: true, message: shared('form.required') }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </Form>
        {problem ? <ErrorState problem={problem} /> : null}
      </Modal>
    </>
  )
}

function buttonLook(look: 'primary' | 'default' | 'danger') {
  return look === 'danger' ? { danger: true } : { type: look }
}
