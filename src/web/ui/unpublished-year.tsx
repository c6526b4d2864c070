import { readCalendar } from '../../modules/terms/terms.api.ts'
import { useApi } from '../queries.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'

/** Beside a due day: that the holidays of its year are not published, so that it may still be a rest day. Nothing where they are known. */
export function UnpublishedYear({ dueOn }: { dueOn: string }) {
  const words = useWords('terms')
  const { may } = useSession()
  const year = dueOn.slice(0, 4)
  const calendar = useApi(readCalendar, { query: { year } }, { enabled: may('terms.view') })
  if (calendar.isPlaceholderData || calendar.data?.known !== false) return null
  return <div className="secondary small">{words('unpublishedYear', { year })}</div>
}
