import { useWords } from '../words.ts'
import { formatDecimal } from './amount-text.ts'

/**
 * An amount or quantity as a decimal string ('1234.50'). Nothing = grey dash; a real zero = 0.00; minus U+2212 and never red.
 * The currency stands once, in the column head or the panel's sub, unless `currency` is given.
 */
export function Amount({
  value,
  strong = false,
  quiet = false,
  currency,
}: {
  value: string | null | undefined
  strong?: boolean
  quiet?: boolean
  currency?: string
}) {
  const words = useWords('shared')
  if (value === null || value === undefined) {
    return (
      <span className="amount muted">
        <span aria-hidden="true">–</span>
        <span className="only-read">{words('nothing')}</span>
      </span>
    )
  }
  return (
    <span className={`amount ${strong ? 'strong' : ''} ${quiet ? 'muted' : ''}`}>
      {formatDecimal(value)}
      {currency === undefined ? null : <span className="muted small"> {currency}</span>}
    </span>
  )
}
