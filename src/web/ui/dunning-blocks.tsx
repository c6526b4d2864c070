import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { liftBlock, type listBlocks, placeBlock } from '../../modules/dunning/dunning.api.ts'
import type { Answer } from '../api.ts'
import { useAction } from '../queries.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'
import { DayInput } from './day-input.tsx'
import { ErrorState } from './error-state.tsx'

export type Block = Answer<typeof listBlocks>['items'][number]
type About = { customerId: string } | { receivableId: string }

/** 暂停催收 of a customer or of one receivable, up to a day or until lifted, with a reason. */
export function PauseButton({ about, name, small = false }: { about: About; name: string; small?: boolean }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  if (!may('dunning.run')) return null
  return (
    <>
      <Button size={small ? 'small' : 'middle'} onClick={() => setOpen(true)}>
        {words('blocks.pause')}
      </Button>
      {open ? <PauseDialog about={about} name={name} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function PauseDialog({ about, name, onClose }: { about: About; name: string; onClose: () => void }) {
  const words = useWords('dunning')
  const [form] = Form.useForm<{ untilOn?: string; reason: string }>()
  const place = useAction(placeBlock, { onDone: onClose })
  return (
    <Modal
      open
      title={words('blocks.pauseOf', { name })}
      okText={words('blocks.pause')}
      cancelText={words('shared:cancel')}
      confirmLoading={place.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{words('blocks.consequence')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ untilOn, reason }) => place.mutate({ body: { ...about, untilOn: (untilOn || null) as never, reason } })}
      >
        <Form.Item name="untilOn" label={words('blocks.until')} extra={words('blocks.untilHelp')}>
          <UntilDay />
        </Form.Item>
        <Form.Item name="reason" label={words('blocks.reason')} rules={[{ required: true, message: words('shared:form.required') }]}>
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
      {place.error ? <ErrorState problem={place.error} /> : null}
    </Modal>
  )
}

function UntilDay({ value = '', onChange, id }: { value?: string; onChange?: (day: string) => void; id?: string }) {
  return <DayInput value={value} onChange={(day) => onChange?.(day)} {...(id === undefined ? {} : { id })} />
}

/** Lets dunning go on, with a reason. */
export function LiftButton({ block }: { block: Block }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<{ reason: string }>()
  const lift = useAction(liftBlock, { onDone: () => setOpen(false) })
  if (!may('dunning.run') || !block.isRunning) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {words('blocks.lift')}
      </Button>
      <Modal
        open={open}
        title={words('blocks.liftOf', { name: block.receivableNo ?? block.customerName })}
        okText={words('blocks.lift')}
        cancelText={words('shared:cancel')}
        confirmLoading={lift.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ reason }) => lift.mutate({ params: { id: block.id }, body: { version: block.version, reason } })}
        >
          <Form.Item name="reason" label={words('blocks.reason')} rules={[{ required: true, message: words('shared:form.required') }]}>
            <Input.TextArea rows={2} maxLength={500} autoFocus />
          </Form.Item>
        </Form>
        {lift.error ? <ErrorState problem={lift.error} /> : null}
      </Modal>
    </>
  )
}
