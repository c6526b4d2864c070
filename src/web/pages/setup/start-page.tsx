import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { postDemo } from '../../../modules/demo/demo.api.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

/** Where to begin, right after the set-up. */
export function StartPage() {
  const words = useWords('people')
  return (
    <>
      <PageHead title={words('setUp.done')} meta={words('setUp.doneText')} />
      <div className="thirds">
        <Way title={words('setUp.demo')} text={words('setUp.demoText')}>
          <DemoButton />
        </Way>
        <Way title={words('setUp.import')} text={words('setUp.importText')}>
          <PageLink to={paths.imports()} look="primary">
            {words('setUp.import')}
          </PageLink>
        </Way>
        <Way title={words('setUp.empty')} text={words('setUp.emptyText')}>
          <PageLink to={paths.newCustomer()}>{words('setUp.empty')}</PageLink>
        </Way>
        <Way title={words('setUp.invite')} text={words('setUp.inviteText')}>
          <PageLink to={paths.peopleSettings()}>{words('setUp.invite')}</PageLink>
        </Way>
      </div>
    </>
  )
}

/** One click: the demo company is asked for, and its page shows how it comes to be. */
function DemoButton() {
  const words = useWords('people')
  const navigate = useNavigate()
  const make = useAction(postDemo, { onDone: () => void navigate({ to: paths.demo() }) })
  if (make.error) return <ErrorState problem={make.error} />
  return (
    <Button loading={make.isPending} onClick={() => make.mutate({ body: {} })}>
      {words('setUp.demo')}
    </Button>
  )
}

function Way({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Panel title={title}>
      <p className="secondary">{text}</p>
      {children}
    </Panel>
  )
}
