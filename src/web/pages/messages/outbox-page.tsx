import { useState } from 'react'
import { countMessages, listMessages } from '../../../modules/messages/messages.api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'
import { DecisionButtons } from './decision-buttons.tsx'
import { type Message, MessageStatus, reasonText } from './message-status.tsx'
import { filterDefaults, filterQuery, OutboxFilters } from './outbox-filters.tsx'
import { OutboxNotes } from './outbox-notes.tsx'

/** 发件箱: everything that left the house or is about to, and above it what waits for a person. */
export function OutboxPage() {
  const words = useWords('messages')
  const { may, company } = useSession()
  const counts = useApi(countMessages, {}, { refreshEveryMs: 30_000 })
  const filters = useFilters(filterDefaults)
  const list = useList(listMessages, { query: filterQuery(filters.values) })
  const [selected, setSelected] = useState<readonly string[]>([])
  const chosen = (list.query.data?.items ?? []).filter((row) => selected.includes(row.id))
  return (
    <>
      <PageHead
        title={words('title')}
        meta={counts.data ? words('waiting', { queued: counts.data.queued + counts.data.sending }) : ''}
        actions={
          <>
            <DecisionButtons messages={chosen} onDone={() => setSelected([])} />
            {may('messages.edit') ? <PageLink to={paths.mailSettings()}>{words('settings.title')}</PageLink> : null}
          </>
        }
      />
      {counts.data ? <OutboxNotes counts={counts.data} onShow={(status) => filters.set({ ...filterDefaults, status })} /> : null}
      <OutboxFilters filters={filters} />
      <Panel flush>
        <DataTable<Message>
          name="messages"
          label={words('title')}
          columns={columns(words, company.timeZone)}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.message({ id: row.id })}
          phoneRow={(row) => ({
            title: row.subject,
            reason: (
              <>
                {row.customerName ?? row.to.join(', ')} · <InstantText value={row.createdAt} timeZone={company.timeZone} />
              </>
            ),
            mark: <MessageStatus message={row} plain />,
          })}
          {...(may('messages.release') ? { selected, onSelect: setSelected } : {})}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <EmptyState title={words('emptyTitle')} text={words('emptyText')} />
            )
          }
        />
      </Panel>
    </>
  )
}

function columns(words: Words, timeZone: string): Column<Message>[] {
  return [
    {
      key: 'createdAt',
      title: words('fields.createdAt'),
      width: 150,
      render: (row) => <InstantText value={row.createdAt} timeZone={timeZone} />,
    },
    { key: 'status', title: words('fields.status'), render: (row) => <MessageStatus message={row} plain /> },
    { key: 'subject', title: words('fields.subject'), render: (row) => <CutText text={row.subject} /> },
    { key: 'to', title: words('fields.to'), render: (row) => <CutText text={row.to.join(', ')} /> },
    { key: 'customer', title: words('fields.customer'), choice: 'shown', render: (row) => <CutText text={row.customerName ?? '–'} /> },
    {
      key: 'kind',
      title: words('fields.kind'),
      choice: 'shown',
      render: (row) => <span className="nowrap">{words(`kinds.${row.kind}`, { defaultValue: row.kind })}</span>,
    },
    { key: 'reason', title: words('fields.reason'), choice: 'shown', render: (row) => <CutText text={reasonText(row, words) || '–'} /> },
    { key: 'attempts', title: words('fields.attempts'), align: 'right', choice: 'hidden', render: (row) => row.attempts },
    {
      key: 'sentAt',
      title: words('fields.sentAt'),
      choice: 'hidden',
      render: (row) => (row.sentAt === null ? '–' : <InstantText value={row.sentAt} timeZone={timeZone} />),
    },
  ]
}
