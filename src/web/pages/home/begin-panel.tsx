import { listCustomers } from '../../../modules/customers/customers.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

/** Whether this person sees no customer yet: true once that is known. */
export function useIsNew(): boolean {
  const { may } = useSession()
  return useApi(listCustomers, { query: { limit: 1 } }, { enabled: may('customers.view') }).data?.total === 0
}

/** A new company: what to do first, with the doors to it. */
export function BeginPanel() {
  const words = useWords('home')
  const { may } = useSession()
  return (
    <Panel>
      <EmptyState
        title={words('begin.title')}
        text={words('begin.text')}
        action={
          <PageLink to={paths.start()} look="primary">
            {words('begin.start')}
          </PageLink>
        }
        link={may('imports.run') ? <PageLink to={paths.imports()}>{words('begin.fromExcel')}</PageLink> : null}
      />
    </Panel>
  )
}
