import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useWords } from '../words.ts'

type Crumb = { label: string; to?: string }

/** Crumb, title, status chips, one line of meta; actions at the right with the filled button last. */
export function PageHead(props: {
  crumbs?: readonly Crumb[]
  title: ReactNode
  status?: ReactNode
  meta?: ReactNode
  actions?: ReactNode
}) {
  const { crumbs, title, status, meta, actions } = props
  return (
    <div className="page-head">
      <div className="grow">
        {crumbs ? <Crumbs crumbs={withHere(crumbs, title)} /> : null}
        <div className="row wrap">
          <h1>{title}</h1>
          {status}
        </div>
        {meta === undefined ? null : <div className="page-meta">{meta}</div>}
      </div>
      {actions === undefined ? null : <div className={`row wrap page-actions ${crumbs ? 'under-crumbs' : ''}`}>{actions}</div>}
    </div>
  )
}

/** The way ends where one is: with the title, where the page has not given the last step another name. */
function withHere(crumbs: readonly Crumb[], title: ReactNode): readonly Crumb[] {
  return crumbs.at(-1)?.to !== undefined && typeof title === 'string' ? [...crumbs, { label: title }] : crumbs
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const words = useWords('shared')
  return (
    <nav className="crumbs" aria-label={words('crumbs')}>
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.label}>
          {index > 0 ? ' / ' : null}
          {crumb.to === undefined ? crumb.label : <Link to={crumb.to}>{crumb.label}</Link>}
        </Fragment>
      ))}
    </nav>
  )
}
