import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import { useWords } from '../words.ts'
import { DAY_FORMATS, isUnusableDay } from './typed-day.ts'

const FORMAT = DAY_FORMATS[0]!

/**
 * A day field: 'YYYY-MM-DD' in and out ('' or undefined = none); typed days may also be 20261120 or 2026/11/20. What is no day (2026/2/30), or none that may be chosen here, is said: the picker takes the former day back
 * without a word. Works inside a Form.Item.
 */
export function DayInput(props: {
  value?: string | undefined
  onChange?: (value: string) => void
  required?: boolean
  disabled?: boolean
  id?: string
  earliest?: string
  latest?: string
  /** Enter ends the typing of the day and does not yet send the form: for rows of which more is to be chosen. */
  enterStays?: boolean
  /** Days that are asked for often, one press away beside the calendar. */
  often?: readonly { label: string; day: string }[]
  'aria-label'?: string
}) {
  const { value, onChange, required = false, enterStays = false, earliest, latest, often, ...rest } = props
  const words = useWords('shared')
  const [refused, setRefused] = useState('')
  const judge = ({ target }: FocusEvent<HTMLElement>) => {
    const typed = (target as HTMLInputElement).value
    setRefused(isUnusableDay(typed, { earliest, latest }) ? typed.trim() : '')
  }
  return (
    <>
      <DatePicker
        {...rest}
        className="day-input"
        format={DAY_FORMATS}
        onBlur={judge}
        {...(refused === '' ? {} : { status: 'error' as const })}
        allowClear={!required}
        value={value ? dayjs(value, FORMAT) : null}
        onChange={(chosen) => {
          setRefused('')
          onChange?.(chosen ? chosen.format(FORMAT) : '')
        }}
        {...(enterStays ? { onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault() } : {})}
        {...(often ? { presets: often.map(({ label, day }) => ({ label, value: dayjs(day) })) } : {})}
        {...(earliest === undefined ? {} : { minDate: dayjs(earliest) })}
        {...(latest === undefined ? {} : { maxDate: dayjs(latest) })}
      />
      {refused === '' ? null : (
        <div className="small danger" role="alert">
          {value ? words('dayRefused', { typed: refused, kept: value }) : words('dayRefusedNone', { typed: refused })}
        </div>
      )}
    </>
  )
}
