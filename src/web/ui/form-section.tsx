import { Form } from 'antd'
import type { Rule } from 'antd/es/form'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import type { FieldName } from './field-errors.ts'
import { useRegisteredField } from './form-page.tsx'
import { Panel } from './panel.tsx'
import { RequiredText } from './required-text.tsx'

/** A panel of a form; two or three columns only for short related fields. */
export function FormSection({
  title,
  sub,
  extra,
  columns = 1,
  children,
}: {
  title: string
  sub?: ReactNode
  extra?: ReactNode
  columns?: 1 | 2 | 3
  children: ReactNode
}) {
  return (
    <Panel title={title} sub={sub} extra={extra} className="form-section">
      <div className={`fields columns-${columns}`}>{children}</div>
    </Panel>
  )
}

/** A field with its label above, help and the server's sentence under it. Required is the norm, so optional is marked. */
export function FormField(props: {
  name: string | FieldName
  label: ReactNode
  optional?: boolean
  help?: ReactNode
  wide?: boolean
  rules?: Rule[]
  valuePropName?: string
  children: ReactNode
}) {
  const { name, label, optional = false, help, wide = false, rules = [], valuePropName, children } = props
  const words = useWords('shared')
  useRegisteredField([name].flat().join('.'))
  const required: Rule[] = optional || valuePropName === 'checked' ? [] : [{ required: true, message: <RequiredText /> }]
  return (
    <Form.Item
      name={name}
      className={wide ? 'wide' : ''}
      label={
        <>
          {label}
          {optional ? <span className="muted optional">{words('form.optional')}</span> : null}
        </>
      }
      extra={help}
      // Passing by an empty field is no fault yet, and a filled one is none any more; what is typed is judged when it is done.
      validateTrigger={rules.length > 0 ? ['onChange', 'onBlur'] : 'onChange'}
      rules={[...required, ...rules.map((rule) => (typeof rule === 'function' ? rule : { validateTrigger: 'onBlur', ...rule }))]}
      {...(valuePropName === undefined ? {} : { valuePropName })}
    >
      {children}
    </Form.Item>
  )
}
