import { CheckOutlined, CommentOutlined, FieldTimeOutlined, PlusOutlined, StopOutlined, SwapOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
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
      time: event.at,
      icon: icons[word] ?? <CheckOutlined />,
      text: [words(`events.${word}`, { defaultValue: word }), dueChange(event), event.reason].filter(Boolean).join(' · '),
      ...(event.byName === null ? {} : { by: event.byName }),
    }
  })
  return (
    <Panel title={words('happened')}>
      <Timeline
        items={items
          .toReversed()
          .map(({ time, ...item }) => ({ ...item, at: (<InstantText value={time} timeZone={company.timeZone} />) as never }))}
      />
    </Panel>
  )
}

function dueChange({ before, after }: Receivable['events'][number]): string {
  return before?.['dueOn'] && after?.['dueOn'] ? `${String(before['dueOn'])} → ${String(after['dueOn'])}` : ''
}
