import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { reverseAllocations } from '../../../modules/allocations/allocations.api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'

type Values = { what: 'one' | 'batch'; reason: string; entryOn: string }

/** 反核销 of one line or of everything that was allocated with it. */
export function ReverseAllocation({
  allocation,
}: {
  allocation: { id: string; batchId: string; receivableNo: string | null; amount: string }
}) {
  const words = useWords('allocations')
  const shared = useWords('shared')
  const { company } = useSession()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [form] = Form.useForm<Values>()
  const action = useAction(reverseAllocations)
  const reverse = async ({ what, ...more }: Values) => {
    try {
      await action.mutateAsync({
        body: { ...(what === 'one' ? { allocationIds: [allocation.id] } : { batchId: allocation.batchId }), ...more },
      })
      setOpen(false)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    }
  }
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {words('undo')}
      </Button>
      <Modal
        open={open}
        title={words('undoTitle', { no: allocation.receivableNo ?? '' })}
        okText={words('undo')}
        okButtonProps={{ danger: true, type: 'default' }}
        cancelText={shared('cancel')}
        confirmLoading={action.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <p>{words('undoWill', { no: allocation.receivableNo ?? '', amount: formatDecimal(allocation.amount) })}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ what: 'one', entryOn: company.today }}
          onFinish={(values) => void reverse(values)}
        >
          <Form.Item name="what">
            <Radio.Group options={(['one', 'batch'] as const).map((value) => ({ value, label: words(`undoWhat.${value}`) }))} />
          </Form.Item>
          <Form.Item name="reason" label={words('why')} rules={[{ required: true, message: shared('form.required') }]}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="entryOn" label={words('entryOn')}>
            <DayInput required latest={company.today} />
          </Form.Item>
        </Form>
        {problem ? <ErrorState problem={problem} /> : null}
      </Modal>
    </>
  )
}
