import { LockOutlined } from '@ant-design/icons'
import { PageHead } from '../ui/page-head.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words.ts'

/** What you cannot see and whom to ask. */
export function NoPermission({ what }: { what?: string }) {
  const words = useWords('shell')
  return (
    <>
      <PageHead title={words('noPermission.title')} />
      <Panel>
        <div className="row top">
          <LockOutlined className="secondary" aria-hidden />
          <div>
            <b>{what ?? words('noPermission.sentence')}</b>
            <div className="secondary">{words('noPermission.help')}</div>
          </div>
        </div>
      </Panel>
    </>
  )
}
