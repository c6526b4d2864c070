const HEIGHT = 24

/** In px. */
const WIDE = 88

/** A small line of the last periods with a dot on the newest; says nothing that its label does not say in words. */
export function Sparkline({ values, danger = false, width = WIDE }: { values: readonly number[]; danger?: boolean; width?: number }) {
  if (values.length < 2) return null
  const low = Math.min(...values)
  const span = Math.max(...values) - low || 1
  const points = values.map((value, index) => {
    const x = 2 + (index / (values.length - 1)) * (width - 6)
    const y = HEIGHT - 3 - ((value - low) / span) * (HEIGHT - 6)
    return [x, y] as const
  })
  const [x, y] = points.at(-1)!
  return (
    <svg className="sparkline" width={width} height={HEIGHT} aria-hidden="true" focusable="false">
      <polyline points={points.map((point) => point.join(',')).join(' ')} />
      <circle cx={x} cy={y} r="2.5" className={danger ? 'danger' : ''} />
    </svg>
  )
}
