import { Button } from 'antd'
import { postMailTest } from '../../../modules/messages/mail-settings.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { ShownMailSettings } from './mail-settings-page.tsx'

/** Sends one real message to the person's own address and says what the mail server answered. */
export function TestPanel({ settings, onEnd }: { settings: ShownMailSettings; onEnd: (accepted: boolean) => void }) {
  const words = useWords('messages')
  const test = useAction(postMailTest, { onDone: ({ outcome }) => onEnd(outcome === 'accepted') })
  const isSet = settings.host !== ''
  return (
    <Panel title={words('test.title')}>
      <div className="stack">
        <span className="secondary">{isSet ? words('test.text', { to: settings.testTo }) : words('problems.noMailServer')}</span>
        <div>
          <Button disabled={!isSet} loading={test.isPending} onClick={() => test.mutate({ body: {} })}>
            {words('test.send')}
          </Button>
        </div>
        {test.data ? (
          <Note tone={test.data.outcome === 'accepted' ? 'success' : 'danger'}>
            <span className="wraps">{test.data.sentence}</span>
          </Note>
        ) : null}
        {test.error ? <ErrorState problem={test.error} /> : null}
      </div>
    </Panel>
  )
}
