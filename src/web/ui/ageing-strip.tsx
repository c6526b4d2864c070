import { shadeOfBucket } from './ageing-buckets.ts'
import { Amount } from './amount.tsx'
import { formatDecimal } from './amount-text.ts'
import { Dot } from './dot.tsx'
import { shares } from './shares.ts'

export type AgeingPart = { label: string; amount: string | null }

/** One bar split by age; the first part is not due. `values` adds the legend with amounts below; `small` is for table cells. */
export function AgeingStrip({ parts, values = false, small = false }: { parts: readonly AgeingPart[]; values?: boolean; small?: boolean }) {
  const widths = shares(parts.map((part) => part.amount ?? '0'))
  const label = parts.map((part) => `${part.label} ${formatDecimal(part.amount ?? '0')}`).join('; ')
  return (
    <>
      <div className={`strip ${small ? 'small-strip' : ''}`} role="img" aria-label={label}>
        {parts.map((part, index) =>
          widths[index]! > 0 ? (
            <i key={part.label} className={`fill-age-${shadeOfBucket(index, parts.length)}`} style={{ width: `${widths[index]}%` }} />
          ) : null,
        )}
      </div>
      {values ? (
        <dl className="legend">
          {parts.map((part, index) => (
            <div key={part.label}>
              <dt>
                <Dot color={`age-${shadeOfBucket(index, parts.length)}`} />
                {part.label}
              </dt>
              <dd>
                <Amount value={part.amount} strong={part.amount !== null} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  )
}
