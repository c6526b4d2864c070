import { CheckOutlined, CommentOutlined, FieldTimeOutlined, PlusOutlined, StopOutlined, SwapOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useSession } from '../../session.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { useWords } from '../../words.ts'
import type { Receivable } from './receivable-page.tsx'

const icons: Readonly<Record<string, ReactNode>> = {
  opened: <PlusOutlined />,
  rescheduled: <FieldTimeOutlined />,
  reassigned: <SwapOutlined />,
  disputed: <CommentOutlined />,
  disputeEnded: <CheckOutlined />,
  voided: <StopOutlined />,
}

/** Who did what and why, newest first. What came in by a file has one entry for the whole file: the day of opening stands in for it. */
export function ReceivableEvents({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { company } = useSession()
  const { events, createdAt, createdByName } = receivable
  const opening = { at: createdAt, action: 'receivables.opened', byName: createdByName, reason: null, before: null, after: null }
  const shown = events.some((event) => event.action === 'receivables.opened') ? events : [opening, ...events]
  const items = shown.map((event, index) => {
    const word = event.action.slice(event.action.indexOf('.') + 1)
    return {
      key: `${index}`,
      at: shortInstant(event.at, company),
      icon: icons[word] ?? <CheckOutlined />,
      text: [words(`events.${word}`, { defaultValue: word }), dueChange(event), event.reason].filter(Boolean).join(' · '),
      ...(event.byName === null ? {} : { by: event.byName }),
    }
  })
  return (
    <Panel title={words('happened')}>
      <Timeline items={items.toReversed()} />
    </Panel>
  )
}

function dueChange({ before, after }: Receivable['events'][number]): string {
  return before?.['dueOn'] && after?.['dueOn'] ? `${String(before['dueOn'])} → ${String(after['dueOn'])}` : ''
}

/** '11-21 10:00' of this year, the day alone of another, in the company's time zone. */
function shortInstant(at: string, { timeZone, today }: { timeZone: string; today: string }): string {
  const full = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))
  return full.slice(0, 4) === today.slice(0, 4) ? full.slice(5) : full.slice(0, 10)
}
