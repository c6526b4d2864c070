import { Input, type InputRef } from 'antd'
import { type Ref, useState } from 'react'
import { useWords } from '../words.ts'
import { formatDecimal, readAmount } from './amount-text.ts'

/**
 * An amount field: text in, decimal string out, two decimals (or the currency's) on blur. While 万 or 亿 is typed it shows what it understood. What cannot
 * be read stays as it was typed, is said at the field, and goes out as it is, so that the server refuses it too. Works inside a Form.Item.
 */
export function AmountInput(props: {
  value?: string
  onChange?: (value: string) => void
  decimals?: number
  /** So many decimals are shown at least, where more may be typed: prices. */
  shownDecimals?: number
  id?: string
  disabled?: boolean
  small?: boolean
  ref?: Ref<InputRef>
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false'
}) {
  const { value = '', onChange, decimals = 2, shownDecimals, small = false, ref, ...rest } = props
  const words = useWords('shared')
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? value
  const read = readAmount(shown, decimals)
  const isWrong = typed === undefined && value.trim() !== '' && read === undefined
  return (
    <>
      <Input
        {...rest}
        {...(ref ? { ref } : {})}
        {...(isWrong ? { status: 'error' as const, 'aria-invalid': true } : {})}
        className="amount-input"
        size={small ? 'small' : 'middle'}
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? (read === undefined ? value : formatDecimal(value, shownDecimals))}
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
      {isWrong ? (
        <span className="amount-said danger" role="alert">
          {words(decimals > 4 ? 'amountInput.notANumber' : 'amountInput.notAnAmount')}
        </span>
      ) : null}
      {read !== undefined && UNITS.test(shown) ? (
        <span className="amount-said" aria-live="polite">
          = {formatDecimal(read)}
        </span>
      ) : null}
    </>
  )
}

/** Units whose digits are worth showing while they are typed. */
const UNITS = /[万萬亿億千]/
