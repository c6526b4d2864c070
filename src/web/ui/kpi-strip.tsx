import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** One figure: what it is (with unit), the figure, how it changed in words, a small graphic, and where its documents are. */
export type Kpi = { label: string; value: ReactNode; title?: string; unit?: string; change?: ReactNode; graphic?: ReactNode; to?: string }

/** Up to five figures in one strip, each a door to its documents. */
export function KpiStrip({ items }: { items: readonly Kpi[] }) {
  return (
    <div className="panel kpi-strip">
      {items.map((item) =>
        item.to === undefined ? (
          <div key={item.label} className="kpi">
            <KpiContent item={item} />
          </div>
        ) : (
          <Link key={item.label} to={item.to} className="kpi">
            <KpiContent item={item} />
          </Link>
        ),
      )}
    </div>
  )
}

function KpiContent({ item }: { item: Kpi }) {
  return (
    <>
      <div className="small muted">{item.label}</div>
      <div className="row between">
        <span className="kpi-value" title={item.title}>
          {item.value}
          {item.unit === undefined ? null : <small> {item.unit}</small>}
        </span>
        {item.graphic}
      </div>
      <div className="small secondary">{item.change}</div>
    </>
  )
}
