import { Link, useParams } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useState } from 'react'
import { getMessage } from '../../../modules/messages/messages.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { Addresses } from './address-state.tsx'
import { AttemptsPanel } from './attempts-panel.tsx'
import { DecisionButtons } from './decision-buttons.tsx'
import { MessageStatus, reasonText } from './message-status.tsx'
import './messages.css'

export type Detail = Answer<typeof getMessage>

/** One message: what it says, to whom, what the mail server answered, and what a person may decide. */
export function MessagePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const message = useApi(getMessage, { params: { id } })
  return <Loaded query={message}>{(shown) => <Shown message={shown} />}</Loaded>
}

function Shown({ message }: { message: Detail }) {
  const words = useWords('messages')
  const needsPerson = message.status === 'uncertain' || message.status === 'failed' || message.status === 'kept'
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.messages() }]}
        title={message.subject}
        status={<MessageStatus message={message} />}
        meta={reasonText(message, words)}
        actions={<DecisionButtons messages={[message]} />}
      />
      {needsPerson ? (
        <div className="outbox-notes">
          <Note tone={message.status === 'uncertain' ? 'danger' : 'warning'}>{words(`notes.${message.status}`)}</Note>
        </div>
      ) : null}
      {message.reason === 'notPrepared' ? (
        <Note tone="warning" lead={words('reasons.notPrepared')}>
          {message.answer}
        </Note>
      ) : null}
      <div className="split">
        <Preview message={message} />
        <div className="stack">
          <Facts message={message} />
          <AttemptsPanel message={message} />
        </div>
      </div>
    </>
  )
}

/** The HTML in a frame of its own that may do nothing: no script, no form, no link out, and by the page's rules nothing from elsewhere is loaded. */
function Preview({ message }: { message: Detail }) {
  const words = useWords('messages')
  const [form, setForm] = useState<'html' | 'text'>('html')
  const options = (['html', 'text'] as const).map((value) => ({ value, label: words(`forms.${value}`) }))
  return (
    <Panel title={words('content')} extra={<Segmented size="small" value={form} options={options} onChange={setForm} />}>
      {form === 'html' ? (
        <iframe className="message-preview" title={words('content')} sandbox="" srcDoc={message.html} />
      ) : (
        <pre className="message-text">{message.text}</pre>
      )}
    </Panel>
  )
}

function Facts({ message }: { message: Detail }) {
  const words = useWords('messages')
  const { company } = useSession()
  const instant = (value: string | null) => (value === null ? null : <InstantText value={value} timeZone={company.timeZone} />)
  const customer =
    message.customerId === null ? null : (
      <Link to={paths.customer({ id: message.customerId })}>{message.customerName ?? message.customerId}</Link>
    )
  return (
    <Panel title={words('facts')} className="message-facts">
      <KeyValues
        rows={[
          [words('fields.to'), <Addresses key="to" message={message} />],
          [words('fields.customer'), customer],
          [words('fields.kind'), words(`kinds.${message.kind}`, { defaultValue: message.kind })],
          [words('fields.createdAt'), instant(message.createdAt)],
          [words('fields.nextAt'), message.status === 'queued' ? instant(message.nextAt) : null],
          [words('fields.sentAt'), instant(message.sentAt)],
          [words('fields.files'), message.files.map((file) => file.name).join(', ')],
          [
            words('fields.headerId'),
            message.headerId === null ? null : (
              <code key="id" className="hash">
                {message.headerId}
              </code>
            ),
          ],
        ]}
      />
    </Panel>
  )
}
