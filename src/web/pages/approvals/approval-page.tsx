import { useParams } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'
import { RequestDetail } from './request-detail.tsx'
import './approvals.css'

/** One request on a page of its own: on a phone, and where a link leads. */
export function ApprovalPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const words = useWords('approvals')
  return (
    <>
      <PageHead crumbs={[{ label: words('title'), to: paths.approvals() }]} title={words('one')} />
      <div className="approval-single">
        <RequestDetail id={id} />
      </div>
    </>
  )
}
