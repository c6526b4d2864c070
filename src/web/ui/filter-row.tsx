import { CloseOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useWords } from '../words.ts'
import { KeyHint } from './key-hint.tsx'
import { useKeys } from './keys.tsx'

/** How long typing rests before the list is asked again. */
const TYPING_MS = 250

/** One row of filters above a list; `chips` are the active extra filters, each removable. */
export function FilterRow({ children, chips, onClear }: { children: ReactNode; chips?: readonly FilterChip[]; onClear?: () => void }) {
  const words = useWords('shared')
  return (
    <search className="filter-row">
      {children}
      {chips?.map((chip) => (
        <button
          key={chip.label}
          type="button"
          className="chip"
          onClick={chip.onRemove}
          aria-label={words('removeFilter', { label: chip.label })}
        >
          {chip.label} <CloseOutlined aria-hidden />
        </button>
      ))}
      {onClear && chips && chips.length > 0 ? (
        <Button type="link" onClick={onClear}>
          {words('clearFilters')}
        </Button>
      ) : null}
    </search>
  )
}

export type FilterChip = { label: string; onRemove: () => void }

/** The label stands before its field. */
export function FilterField({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is given as a child
    <label className="filter-field">
      <span className="secondary nowrap">{label}</span>
      {children}
    </label>
  )
}

/** Free text; `/` goes there, Escape empties it. The list is asked when typing rests. */
export function FilterSearch({ value, onChange, placeholder }: { value: string; onChange: (value: string) => void; placeholder: string }) {
  const field = useRef<InputRef>(null)
  const [typed, setTyped] = useState(value)
  const [shown, setShown] = useState(value)
  const words = useWords('shared')
  if (value !== shown) {
    setShown(value) // changed from outside: what was being typed gives way to it
    setTyped(value)
  }
  const onRest = useEffectEvent(onChange)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onRest(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, value])
  useKeys([{ keys: '/', label: words('filterList'), run: () => field.current?.focus() }])
  return (
    <Input
      ref={field}
      className="filter-search"
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      suffix={typed === '' ? <KeyHint keys="/" /> : null}
      placeholder={placeholder}
      aria-label={placeholder}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => onChange(typed)}
    />
  )
}
