import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { KeyboardEvent } from 'react'

const FORMAT = 'YYYY-MM-DD'

/** A day field: 'YYYY-MM-DD' in and out ('' or undefined = none); typed days may also be 20261120 or 2026/11/20. Works inside a Form.Item. */
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
  return (
    <DatePicker
      {...rest}
      className="day-input"
      format={[FORMAT, 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY-M-D']}
      allowClear={!required}
      value={value ? dayjs(value, FORMAT) : null}
      onChange={(chosen) => onChange?.(chosen ? chosen.format(FORMAT) : '')}
      {...(enterStays ? { onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault() } : {})}
      {...(often ? { presets: often.map(({ label, day }) => ({ label, value: dayjs(day) })) } : {})}
      {...(earliest === undefined ? {} : { minDate: dayjs(earliest) })}
      {...(latest === undefined ? {} : { maxDate: dayjs(latest) })}
    />
  )
}
