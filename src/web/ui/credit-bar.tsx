import { useWords } from '../words.ts'
import { formatDecimal } from './amount-text.ts'
import { creditSegments, type ExposurePart } from './credit-segments.ts'

/** What is used of a credit limit, by where the debt stands; the limit is a line, what crosses it is hatched. Without limit only the parts. */
export function CreditBar({ parts, limit, named = true }: { parts: readonly ExposurePart[]; limit: string | null; named?: boolean }) {
  const words = useWords('shared')
  const { segments, limitAt } = creditSegments(parts, limit)
  const limitText = limit === null ? '' : `${words('credit.limit')} ${formatDecimal(limit)}`
  const label = [...parts.map((part) => `${part.label} ${formatDecimal(part.amount)}`), limitText].filter(Boolean).join('; ')
  return (
    <div className={`credit-bar ${named && limitAt !== undefined ? 'named' : ''}`}>
      <div className="credit-track" role="img" aria-label={label}>
        {segments.map((segment) => (
          <i key={segment.key} className={`fill-${segment.fill}`} style={{ width: `${segment.width}%` }} />
        ))}
        {limitAt === undefined ? null : (
          <b className="credit-limit" style={{ insetInlineStart: `${limitAt}%` }}>
            {named ? <span className={limitAt < 30 ? 'from-start' : ''}>{limitText}</span> : null}
          </b>
        )}
      </div>
    </div>
  )
}
