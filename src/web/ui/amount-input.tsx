import { Input, type InputRef } from 'antd'
import { type Ref, useState } from 'react'
import { formatDecimal, readAmount } from './amount-text.ts'

/**
 * An amount field: text in, decimal string out, two decimals (or the currency's) on blur. What cannot be read stays as it was typed and goes
 * out as it is, so that the server's sentence stands at the field. Works inside a Form.Item.
 */
export function AmountInput(props: {
  value?: string
  onChange?: (value: string) => void
  decimals?: number
  id?: string
  disabled?: boolean
  small?: boolean
  ref?: Ref<InputRef>
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false'
}) {
  const { value = '', onChange, decimals = 2, small = false, ref, ...rest } = props
  const [typed, setTyped] = useState<string>()
  return (
    <Input
      {...rest}
      {...(ref ? { ref } : {})}
      className="amount-input"
      size={small ? 'small' : 'middle'}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? (readAmount(value, decimals) === undefined ? value : formatDecimal(value))}
      onFocus={(event) => {
        // The text stays as it is shown: changing it now would lose the selection, and separators are read anyway.
        setTyped(event.target.value)
        event.target.select()
      }}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange?.(readAmount(event.target.value, decimals) ?? event.target.value.trim())
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
