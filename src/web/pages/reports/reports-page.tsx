import { Link } from '@tanstack/react-router'
import { type listReports, reportGroups, listReports as route } from '../../../modules/reports/reports.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import './reports.css'

type Listed = Answer<typeof listReports>['items'][number] & { readonly to?: string }

/** 报表: every report that this person may see, each with the question that it answers. */
export function ReportsPage() {
  const words = useWords('reports')
  const { may } = useSession()
  const list = useApi(route)
  const ageing: readonly Listed[] = may('ageing.view')
    ? [{ key: 'ageing', group: 'arrears', title: words('ageing:title'), answers: words('page.ageingAnswers'), to: paths.ageing() }]
    : []
  return (
    <>
      <PageHead title={words('page.title')} meta={words('page.lead')} />
      <Loaded query={list} rows={8}>
        {({ items }) => (
          <div className="report-groups">
            {reportGroups.map((group) => (
              <Group key={group} title={words(`groups.${group}`)} items={[...items, ...ageing].filter((one) => one.group === group)} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

function Group({ title, items }: { title: string; items: readonly Listed[] }) {
  if (items.length === 0) return null
  return (
    <Panel flush title={title}>
      <ul className="report-list">
        {items.map(({ key, title: name, answers, to }) => (
          <li key={key}>
            <Link to={to ?? paths.report({ key })}>
              <b>{name}</b>
              <span className="secondary">{answers}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
