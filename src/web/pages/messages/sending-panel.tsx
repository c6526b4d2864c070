import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { putSending } from '../../../modules/messages/mail-settings.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { ShownMailSettings } from './mail-settings-page.tsx'
import { RunToday } from './run-today.tsx'
import './messages.css'

/** Whether messages go out at all. Off is test mode: everything stays in the outbox. `testFailed`: the test message was not accepted a moment ago. */
export function SendingPanel({ settings, testFailed }: { settings: ShownMailSettings; testFailed: boolean }) {
  const words = useWords('messages')
  const set = useAction(putSending)
  const [asking, setAsking] = useState(false)
  const { sendingEnabled, companyVersion, host } = settings
  const word = sendingEnabled ? 'switchOff' : 'switchOn'
  return (
    <Panel title={words('sending.title')}>
      <div className="stack">
        <Note tone={sendingEnabled ? 'success' : 'warning'}>{words(sendingEnabled ? 'sending.on' : 'sending.off')}</Note>
        <div>
          <Popconfirm
            title={words(`sending.${word}`)}
            onOpenChange={setAsking}
            description={
              <div className="popconfirm-text">
                {words(`sending.${word}Why`)}
                {asking && !sendingEnabled ? <RunToday /> : null}
                {testFailed && !sendingEnabled ? <p className="danger">{words('sending.testFailed')}</p> : null}
              </div>
            }
            okText={words(`sending.${word}`)}
            disabled={!sendingEnabled && host === ''}
            onConfirm={() => set.mutate({ body: { enabled: !sendingEnabled, companyVersion } })}
          >
            <Button disabled={!sendingEnabled && host === ''} loading={set.isPending}>
              {words(`sending.${word}`)}
            </Button>
          </Popconfirm>
        </div>
        {set.error ? <ErrorState problem={set.error} /> : null}
      </div>
    </Panel>
  )
}
