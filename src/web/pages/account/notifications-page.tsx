import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { getNotifications, postRead } from '../../../modules/people/people.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Row = Answer<typeof getNotifications>['items'][number]

/** What happened that concerns this person. */
export function NotificationsPage() {
  const words = useWords('people')
  const { company } = useSession()
  const list = useList(getNotifications)
  const read = useAction(postRead)
  const unread = (list.query.data?.items ?? []).filter((row) => row.readAt === null).map((row) => row.id)
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: words('account.since'),
      width: 150,
      render: (row) => <InstantText value={row.createdAt} timeZone={company.timeZone} />,
    },
    { key: 'what', title: words('inbox.what'), render: (row) => <What row={row} /> },
    {
      key: 'unread',
      title: '',
      align: 'right',
      render: (row) => (row.readAt === null ? <b className="small">{words('inbox.unread')}</b> : null),
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
}

/** A sentence with what the module gave; the document it is about is one click away. */
function What({ row }: { row: Row }) {
  const words = useWords('people')
  const facts = Object.values(row.params).filter((value) => typeof value === 'string' || typeof value === 'number')
  const text = [words(`notificationKinds.${row.kind}`, { ...row.params, defaultValue: row.kind }), ...facts].join(' · ')
  const to = row.entity && row.entityId ? pageOf[row.entity]?.(row.entityId) : undefined
  return to === undefined ? text : <Link to={to}>{text}</Link>
}
