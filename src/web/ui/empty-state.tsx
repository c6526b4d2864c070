import type { ReactNode } from 'react'

/** A list that has nothing yet: what will stand here, where it comes from, one filled button, one link. No picture. */
export function EmptyState({ title, text, action, link }: { title: string; text?: ReactNode; action?: ReactNode; link?: ReactNode }) {
  return (
    <div className="empty-state">
      <div className="empty-title">{title}</div>
      {text === undefined ? null : <p className="secondary">{text}</p>}
      <div className="row wrap">
        {action}
        {link}
      </div>
    </div>
  )
}
