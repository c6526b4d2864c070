import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { undoReceipt } from '../../../modules/allocations/allocations.api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import type { ReceiptDetail } from './receipt-page.tsx'

/** Takes back a confirmed receipt with everything it paid: the reason and the day go to the books, so they are asked for. */
export function UndoReceipt({ receipt }: { receipt: ReceiptDetail }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const { company } = useSession()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [form] = Form.useForm<{ reason: string; reversedOn: string }>()
  const action = useAction(undoReceipt)
  const paid = new Set(receipt.allocations.filter((one) => one.reversesId === null && !one.reversed).map((one) => one.receivableId)).size
  const undo = async (values: { reason: string; reversedOn: string }) => {
    setProblem(undefined)
    try {
      await action.mutateAsync({ params: { id: receipt.id }, body: { version: receipt.version, ...values } })
      setOpen(false)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    }
  }
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {words('undo')}
      </Button>
      <Modal
        open={open}
        title={words('undoTitle', { no: receipt.no ?? '' })}
        okText={words('undo')}
        okButtonProps={{ danger: true, type: 'default' }}
        cancelText={shared('cancel')}
        confirmLoading={action.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <p>{words(paid > 0 ? 'undoWillAll' : 'undoWill', { count: paid })}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ reversedOn: company.today }}
          onFinish={(values) => void undo(values)}
        >
          <Form.Item name="reason" label={words('reason')} rules={[{ required: true, message: shared('form.required') }]}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="reversedOn" label={words('reversedOn')}>
            <DayInput required latest={company.today} />
          </Form.Item>
        </Form>
        {problem ? <ErrorState problem={problem} /> : null}
      </Modal>
    </>
  )
}
