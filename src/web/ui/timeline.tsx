import type { ReactNode } from 'react'

export type TimelineItem = { key: string; at: string; icon: ReactNode; text: ReactNode; by?: string }

/** What happened, newest first: when, what, and who or what did it. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline">
      {items.map((item) => (
        <li key={item.key}>
          <span className="muted">{item.at}</span>
          <span className="timeline-icon" aria-hidden="true">
            {item.icon}
          </span>
          <span>
            {item.text}
            {item.by === undefined ? null : <span className="muted"> · {item.by}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
