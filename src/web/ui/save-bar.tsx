import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useWords } from '../words.ts'
import { KeyHint } from './key-hint.tsx'
import { useKeys } from './keys.tsx'

/** Sticks to the bottom of a form: what is wrong or what will follow at the left, cancel and the one filled button at the right. */
export function SaveBar(props: {
  label: string
  busy?: boolean
  disabled?: boolean
  onSave: () => void
  onCancel?: () => void
  failure?: { sentence: string; code: string } | undefined
  other?: ReactNode
  children?: ReactNode
}) {
  const { label, busy = false, disabled = false, onSave, onCancel, failure, other, children } = props
  const words = useWords('shared')
  const bar = useRef<HTMLDivElement>(null)
  useKeys([{ keys: 'mod+enter', label, run: onSave, disabled: busy || disabled, inFields: true }], bar)
  return (
    <div ref={bar} className="save-bar">
      <div className="grow" aria-live="polite">
        {failure ? (
          <span className="danger">
            {failure.sentence} {words('form.kept')} <span className="small">{failure.code}</span>
          </span>
        ) : (
          <span className="secondary">{children}</span>
        )}
      </div>
      {other}
      {onCancel ? <Button onClick={onCancel}>{words('cancel')}</Button> : null}
      <Button type="primary" htmlType="button" loading={busy} disabled={disabled} onClick={onSave}>
        {label} <KeyHint keys="mod+enter" />
      </Button>
    </div>
  )
}
