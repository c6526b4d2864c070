import { listCustomers } from '../../../modules/customers/customers.api.ts'
import { leaves, useNavigation } from '../../navigation-entry.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../preferences.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { FiguresPanel } from './figures-panel.tsx'
import { OverduePanel } from './overdue-panel.tsx'
import { TodayPanel } from './today-panel.tsx'

/** Where one starts: what waits today, who owes most, and how it stands as a whole. A company without customers is told how to begin. */
export function HomePage() {
  const words = useWords('shell')
  const session = useSession()
  const { language } = usePreferences()
  const seesMoney = session.may('ageing.view') && session.may('customers.view')
  const owing = useApi(listCustomers, { query: { sort: 'overdue', hasOverdue: 'true', limit: 5 } }, { enabled: seesMoney })
  const anybody = useApi(listCustomers, { query: { limit: 1 } }, { enabled: seesMoney })
  const isNew = anybody.data?.total === 0
  const isClosed = leaves(useNavigation()).every((leaf) => leaf.to === paths.home())
  return (
    <>
      <PageHead title={words('home.title')} meta={`${longDay(session.company.today, language)} · ${session.company.name}`} />
      {isClosed ? (
        <Panel>
          <EmptyState title={words('home.nothingOpen')} text={words('noPermission.help')} />
        </Panel>
      ) : null}
      {isNew ? <Begin /> : null}
      {isNew || isClosed ? null : (
        <div className="stack">
          <div className={seesMoney ? 'split home-top' : ''}>
            <TodayPanel />
            {seesMoney ? <OverduePanel query={owing} /> : null}
          </div>
          {seesMoney ? <FiguresPanel /> : null}
        </div>
      )}
    </>
  )
}

function Begin() {
  const words = useWords('shell')
  const { may } = useSession()
  const link = may('imports.run') ? <PageLink to={paths.imports()}>{words('home.fromExcel')}</PageLink> : null
  return (
    <Panel>
      <EmptyState
        title={words('home.beginTitle')}
        text={words('home.beginText')}
        action={
          <PageLink to={paths.start()} look="primary">
            {words('home.begin')}
          </PageLink>
        }
        link={link}
      />
    </Panel>
  )
}

/** '2026-11-20' → 2026年11月20日 星期五, in the person's language. */
function longDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(`${day}T00:00:00Z`))
}
