import { Tabs } from 'antd'
import { useFilters } from '../../filters.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'
import { AuditList } from './audit-list.tsx'
import { SealsPanel } from './seals-panel.tsx'
import { SecurityEventsPanel } from './security-events-panel.tsx'

/** Who did what, what was refused, and the proof that none of it was altered. */
export function AuditPage() {
  const words = useWords('audit')
  const { values, set } = useFilters({ tab: 'entries' })
  return (
    <>
      <PageHead title={words('title')} meta={words('meta')} />
      <Tabs
        className="page-tabs"
        activeKey={values.tab}
        onChange={(tab) => set({ tab })}
        destroyOnHidden
        items={[
          { key: 'entries', label: words('tabEntries'), children: <AuditList /> },
          { key: 'security', label: words('tabSecurity'), children: <SecurityEventsPanel /> },
          { key: 'seals', label: words('tabSeals'), children: <SealsPanel /> },
        ]}
      />
    </>
  )
}
