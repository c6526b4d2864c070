import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'
import { type AgeingFilters, cutNames } from './ageing-question.ts'

/** Nothing at all on that day, or nothing that fits the filters. */
export function NothingOpen({ asOf, filters }: { asOf: string; filters: AgeingFilters }) {
  const words = useWords('ageing')
  const narrowing = filters.active.filter((name) => ['overdueOnly', 'least', 'currency', ...cutNames].includes(name))
  if (narrowing.length > 0) return <NoResult filters={narrowing.length} onClear={filters.clear} />
  return (
    <EmptyState
      title={words('page.empty', { asOf })}
      text={words('page.emptyHint')}
      action={
        <PageLink look="primary" to={paths.receivables()}>
          {words('page.emptyAction')}
        </PageLink>
      }
    />
  )
}
