import { CloseOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { usePhone } from '../preferences.ts'
import { useWords } from '../words.ts'
import { type AskedText, heard } from './asked-text.ts'
import { KeyHint } from './key-hint.tsx'
import { useKeys } from './keys.tsx'

/** How long typing rests before the list is asked again. */
const TYPING_MS = 250

/**
 * One row of filters above a list; `chips` are the active extra filters, each removable. With `folded` the fields stand behind one button
 * on a phone, which says how many of them are active; `first` is what stays in sight there.
 */
export function FilterRow({
  children,
  first,
  folded,
  chips,
  onClear,
}: {
  children: ReactNode
  first?: ReactNode
  folded?: { active: number }
  chips?: readonly FilterChip[]
  onClear?: () => void
}) {
  const words = useWords('shared')
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  const fold = phone ? folded : undefined
  return (
    <search className={`filter-row ${fold ? 'folds' : ''}`}>
      {fold ? (
        <>
          {first}
          <Button icon={<FilterOutlined aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
            {fold.active > 0 ? words('filtersActive', { count: fold.active }) : words('filters')}
          </Button>
        </>
      ) : null}
      {fold && !open ? null : children}
      {fold ? null : first}
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
  const [shown, setShown] = useState<AskedText>({ value, pending: [] })
  const words = useWords('shared')
  if (value !== shown.value) {
    const { isOwn, ...next } = heard(shown, value)
    setShown(next)
    if (!isOwn) setTyped(value)
  }
  const ask = (text: string) => {
    if (text !== value) setShown((before) => ({ ...before, pending: [...before.pending, text] }))
    onChange(text)
  }
  const onRest = useEffectEvent(ask)
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
      onPressEnter={() => ask(typed)}
    />
  )
}
