import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Phrase } from '../../../kernel/phrase.ts'
import { getNotifications, postRead } from '../../../modules/people/inbox.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText, instantWords } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { phraseText, useWords, type Words } from '../../words.ts'

type Row = Answer<typeof getNotifications>['items'][number]

/** What happened that concerns this person. */
export function NotificationsPage() {
  const words = useWords('people')
  const { company } = useSession()
  const list = useList(getNotifications)
  const read = useAction(postRead)
  const unread = (list.query.data?.items ?? []).filter((row) => row.readAt === null).map((row) => row.id)
  const what = (row: Row) => <What row={row} onOpen={() => row.readAt === null && read.mutate({ body: { ids: [row.id] } })} />
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: words('inbox.when'),
      width: 150,
      render: (row) => <InstantText value={row.createdAt} timeZone={company.timeZone} />,
    },
    {
      key: 'what',
      title: words('inbox.said'),
      render: what,
    },
    {
      key: 'state',
      title: words('inbox.state'),
      width: 130,
      render: (row) => <State row={row} />,
    },
  ]
  const mark = (
    <Button disabled={unread.length === 0} loading={read.isPending} onClick={() => read.mutate({ body: { ids: unread } })}>
      {words('inbox.markAllRead')}
    </Button>
  )
  return (
    <>
      <PageHead title={words('inbox.notifications')} actions={mark} />
      <Panel flush>
        <DataTable<Row>
          name="notifications"
          label={words('inbox.notifications')}
          columns={columns}
          rowKey={(row) => row.id}
          list={list}
          phoneRow={(row) => ({
            title: <span className="wraps">{what(row)}</span>,
            reason: instantWords(row.createdAt, company.timeZone),
            mark: <State row={row} />,
          })}
          rowNote={(row) => (row.readAt === null ? 'strong' : undefined)}
          empty={<EmptyState title={words('inbox.noNotifications')} text={words('inbox.noNotificationsText')} />}
        />
      </Panel>
    </>
  )
}

const pageOf: Readonly<Record<string, (id: string) => string>> = {
  order: (id) => paths.order({ id }),
  receipt: (id) => paths.receipt({ id }),
  receivable: (id) => paths.receivable({ id }),
  customer: (id) => paths.customer({ id }),
  approval: (id) => paths.approval({ id }),
  import: (id) => paths.import({ id }),
  dunningCase: (id) => paths.dunningCase({ id }),
  dunningRun: (id) => paths.dunningRun({ id }),
  message: (id) => paths.message({ id }),
}

/** The document that a notification is about; several requests at once open their list. */
function addressOf(row: Row): string | undefined {
  if (row.entityId) return pageOf[row.entity ?? '']?.(row.entityId)
  return row.entity === 'approval' ? paths.approvals() : undefined
}

/** Unread, or how what was asked for has ended: nobody opens what somebody else has decided. */
function State({ row }: { row: Row }) {
  const words = useWords('people')
  if (row.ended !== null) return <span className="secondary">{words(`inbox.ended.${row.ended}`)}</span>
  return row.readAt === null ? <b className="small">{words('inbox.unread')}</b> : null
}

/** A sentence with what the module gave; the document it is about is one click away. */
function What({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const words = useWords('people')
  const text = sentence(row, words)
  const to = addressOf(row)
  if (to === undefined) return text
  return (
    <Link to={to} onClick={onOpen}>
      {text}
    </Link>
  )
}

/** The module's own sentence, its phrases spoken and its amounts grouped; facts that the sentence does not hold follow it. */
function sentence(row: Row, words: Words): string {
  const filled = Object.fromEntries(
    Object.entries(row.params).map(([name, value]) => {
      if (typeof value === 'object' && value !== null) return [name, phraseText(value as Phrase)]
      return [name, name === 'amount' ? formatDecimal(String(value)) : value]
    }),
  )
  const said = words(`notificationKinds.${row.kind}`, { ...filled, defaultValue: row.kind })
  return [
    said,
    ...Object.values(filled).filter(
      (value) => (typeof value === 'number' || typeof value === 'string') && !said.includes(String(value)) && value !== '',
    ),
  ].join(' · ')
}
