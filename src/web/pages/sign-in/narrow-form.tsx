import { Button, Form } from 'antd'
import type { ReactNode } from 'react'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RequiredText } from '../../ui/required-text.tsx'
import { useWork } from '../../use-work.ts'
import { problemSentence } from '../../words.ts'

/** A short form of one column: sign-in, code, invitation. What is wrong stands above the button; nothing typed is lost. */
export function NarrowForm<Values extends object>(props: {
  title: string
  sub?: string
  initial?: Partial<Values>
  submitLabel: string
  onSubmit: (values: Values) => Promise<unknown>
  foot?: ReactNode
  children: ReactNode
}) {
  const { title, sub, initial, submitLabel, onSubmit, foot, children } = props
  const { busy, problem, run } = useWork()
  const submit = (values: Values) =>
    run(async () => {
      await onSubmit(values)
    })
  return (
    <div className="narrow">
      <Panel title={title} sub={sub} whole>
        <Form<Values> layout="vertical" requiredMark={false} initialValues={initial ?? {}} onFinish={(values) => void submit(values)}>
          {children}
          {problem ? (
            <div className="below">
              <Note tone="danger">{problem.issues[0]?.message || problemSentence(problem)}</Note>
            </div>
          ) : null}
          <Button type="primary" htmlType="submit" block loading={busy}>
            {submitLabel}
          </Button>
        </Form>
      </Panel>
      {foot === undefined ? null : <p className="secondary small">{foot}</p>}
    </div>
  )
}

/** A field that must not be empty. */
export function NarrowField({ name, label, help, children }: { name: string; label: string; help?: string; children: ReactNode }) {
  return (
    <Form.Item name={name} label={label} extra={help} rules={[{ required: true, message: <RequiredText /> }]}>
      {children}
    </Form.Item>
  )
}
