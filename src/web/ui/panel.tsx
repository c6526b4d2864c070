import { type ReactNode, useId } from 'react'

/** A white sheet: head of 40 px (title, grey sub with unit and day, at most one link at the right), body without inner cards. */
export function Panel(props: {
  title?: ReactNode
  sub?: ReactNode
  extra?: ReactNode
  flush?: boolean
  id?: string
  className?: string
  children: ReactNode
}) {
  const { title, sub, extra, flush = false, id, className = '', children } = props
  const titleId = useId()
  return (
    <section className={`panel ${className}`} id={id} {...(title === undefined ? {} : { 'aria-labelledby': titleId })}>
      {title === undefined ? null : (
        <header>
          <h2 id={titleId}>{title}</h2>
          {sub === undefined ? null : <span className="panel-sub cut">{sub}</span>}
          <span className="grow" />
          {extra}
        </header>
      )}
      {flush ? children : <div className="panel-body">{children}</div>}
    </section>
  )
}
