import { EmptyState } from '../ui/empty-state.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words.ts'

/** 404: an address that no page has. */
export function NotFoundPage() {
  const words = useWords('shell')
  return (
    <main className="bare">
      <Panel title={words('notFound.title')} whole>
        <EmptyState
          title={words('notFound.text')}
          action={
            <PageLink to="/" look="primary">
              {words('notFound.home')}
            </PageLink>
          }
        />
      </Panel>
    </main>
  )
}
