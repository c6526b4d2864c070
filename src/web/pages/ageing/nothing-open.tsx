import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'
import { type AgeingFilters, cutNames } from './ageing-question.ts'

/** The books begin after that day, nothing fits the filters, or nothing at all was open. */
export function NothingOpen({ asOf, firstOn, filters }: { asOf: string; firstOn: string | null; filters: AgeingFilters }) {
  const words = useWords('ageing')
  if (firstOn !== null)
    return (
      <EmptyState
        title={words('page.empty', { asOf })}
        text={words('page.beginsLater', { firstOn })}
        action={
          <PageLink look="primary" to={paths.ageing({ ...filters.values, asOf: firstOn })}>
            {words('page.seeFirst', { firstOn })}
          </PageLink>
        }
      />
    )
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
