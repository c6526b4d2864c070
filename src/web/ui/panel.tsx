import { type ReactNode, useId } from 'react'

/** A white sheet: head of 40 px (title, grey sub with unit and day, at most one link at the right), body without inner cards. */
export function Panel(props: {
  title?: ReactNode
  /** The panel is the whole page: its title is the page's. */
  whole?: boolean
  sub?: ReactNode
  extra?: ReactNode
  flush?: boolean
  id?: string
  className?: string
  children: ReactNode
}) {
  const { title, whole = false, sub, extra, flush = false, id, className = '', children } = props
  const titleId = useId()
  const Title = whole ? 'h1' : 'h2'
  return (
    <section className={`panel ${className}`} id={id} {...(title === undefined ? {} : { 'aria-labelledby': titleId })}>
      {title === undefined ? null : (
        <header>
          <Title id={titleId}>{title}</Title>
          {sub === undefined ? null : <span className="panel-sub cut">{sub}</span>}
          <span className="grow" />
          {extra}
        </header>
      )}
      {flush ? children : <div className="panel-body">{children}</div>}
    </section>
  )
}
