import type { ReactNode } from 'react'

/** Facts as label and value; a row without value is left out. `spread` puts the values at the right edge. */
export function KeyValues({
  rows,
  spread = false,
}: {
  rows: readonly (readonly [label: ReactNode, value: ReactNode])[]
  spread?: boolean
}) {
  return (
    <dl className={`key-values ${spread ? 'spread' : ''}`}>
      {rows
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([label, value], index) => (
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
