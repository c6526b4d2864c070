import { Button, Select, Tabs } from 'antd'
import { useState } from 'react'
import { approvalKinds } from '../../../modules/approvals/approval-events.ts'
import { decide, listApprovals } from '../../../modules/approvals/approvals.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { usePhone } from '../../preferences.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords, type Words } from '../../words.ts'
import { Delegations } from './delegations.tsx'
import { RequestDetail } from './request-detail.tsx'
import { requestStatusWord } from './request-status-word.ts'
import './approvals.css'

type Row = Answer<typeof listApprovals>['items'][number]

/** The inbox: what waits for me first, the oldest at the top; the chosen request beside it with its consequence. */
export function ApprovalsPage() {
  const words = useWords('approvals')
  const session = useSession()
  const filters = useFilters({ tab: 'toDecide', kind: '' })
  const tabs = ['toDecide', 'requested', 'all', ...(session.may('approvals.decide') ? ['delegations'] : [])]
  const { tab } = filters.values
  return (
    <>
      <PageHead
        title={words('title')}
        actions={session.may('approvals.editRules') ? <PageLink to={paths.approvalRules()}>{words('rules')}</PageLink> : undefined}
      />
      <Tabs
        activeKey={tab}
        onChange={(chosen) => filters.set({ tab: chosen })}
        items={tabs.map((key) => ({ key, label: key === 'delegations' ? words('delegations') : words(`box.${key}`) }))}
      />
      {tab === 'delegations' ? (
        <Delegations />
      ) : (
        <Inbox key={tab} box={tab} kind={filters.values.kind} onKind={(kind) => filters.set({ kind })} />
      )}
    </>
  )
}

/** J and K choose the next and the previous request beside the list; on a phone a request has its own page and the list its own keys. */
function useMoves(rows: readonly Row[], current: Row | undefined, choose: (id: string) => void): void {
  const words = useWords('shared')
  const at = rows.findIndex((row) => row.id === current?.id)
  const move = (by: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))]
    if (next) choose(next.id)
  }
  useKeys(
    rows.length === 0
      ? []
      : [
          { keys: 'j', label: words('keys.next'), run: () => move(1) },
          { keys: 'k', label: words('keys.previous'), run: () => move(-1) },
        ],
  )
}

function Inbox({ box, kind, onKind }: { box: string; kind: string; onKind: (kind: string) => void }) {
  const words = useWords('approvals')
  const { company } = useSession()
  const phone = usePhone()
  const list = useList(listApprovals, { query: { box, ...(kind ? { kind } : {}) } })
  const [chosen, setChosen] = useState<string>()
  const [selected, setSelected] = useState<readonly string[]>([])
  const { data } = list.query
  const current = data?.items.find(({ id }) => id === chosen) ?? (box === 'toDecide' ? data?.items[0] : undefined)
  useMoves(phone ? [] : (data?.items ?? []), current, setChosen)
  const sub = data ? words('list.sub', { currency: company.baseCurrency, count: data.total }) : undefined
  const table = (
    <Panel title={words(`box.${box}`)} sub={sub} flush>
      <BulkApproval rows={(data?.items ?? []).filter(({ id }) => selected.includes(id))} onDone={() => setSelected([])} />
      <DataTable<Row>
        name="approvals"
        label={words('title')}
        columns={columnsOf(words, box, company.timeZone, setChosen)}
        rowKey={(row) => row.id}
        list={list}
        rowNote={(row) => (row.id === current?.id && !phone ? 'marked' : undefined)}
        phoneRow={(row) => ({
          title: row.customerName ?? words(`kind.${row.kind}`),
          amount: <Amount value={row.amountBase} />,
          reason: `${words(`kind.${row.kind}`)} ${row.no ?? ''} · ${row.requestedByName}`,
          mark: <Status word={requestStatusWord(row.status)} plain text={words(`status.${row.status}`)} />,
        })}
        {...(phone ? { to: (row: Row) => paths.approval({ id: row.id }) } : {})}
        {...(box === 'toDecide' ? { selected, onSelect: setSelected } : {})}
        empty={
          <EmptyState
            title={words(box === 'toDecide' ? 'list.empty' : box === 'requested' ? 'list.emptyRequested' : 'list.emptyAll')}
            text={words('list.emptyHelp')}
          />
        }
      />
    </Panel>
  )
  const filterRow = (
    <FilterRow>
      <FilterField label={words('list.kind')}>
        <Select
          allowClear
          placeholder={words('box.all')}
          value={kind || undefined}
          onChange={(value: string | undefined) => onKind(value ?? '')}
          options={approvalKinds.map((value) => ({ value, label: words(`kind.${value}`) }))}
          style={{ minWidth: 120 }}
        />
      </FilterField>
    </FilterRow>
  )
  if (phone || !current)
    return (
      <>
        {filterRow}
        {table}
      </>
    )
  return (
    <>
      {filterRow}
      <div className="split wide">
        {table}
        <aside className="stack approval-aside">
          <RequestDetail key={current.id} id={current.id} />
        </aside>
      </div>
    </>
  )
}

function columnsOf(words: Words, box: string, timeZone: string, choose: (id: string) => void): Column<Row>[] {
  const subject: Column<Row> = {
    key: 'about',
    title: words('list.about'),
    render: (row) => (
      <Button type="link" className="approval-open" onClick={() => choose(row.id)}>
        {words(`kind.${row.kind}`)} {row.no ?? ''}
      </Button>
    ),
  }
  return [
    subject,
    { key: 'customer', title: words('list.customer'), render: (row) => <CutText text={row.customerName ?? '–'} /> },
    { key: 'amount', title: words('list.amount'), align: 'right', render: (row) => <Amount value={row.amountBase} /> },
    {
      key: 'requestedBy',
      title: words('list.requestedBy'),
      render: (row) => (
        <>
          {row.requestedByName}{' '}
          <span className="muted small">
            <InstantText value={row.requestedAt} timeZone={timeZone} />
          </span>
        </>
      ),
    },
    ...(box === 'toDecide'
      ? []
      : [
          {
            key: 'status',
            title: words('list.status'),
            render: (row: Row) => <Status word={requestStatusWord(row.status)} plain text={words(`status.${row.status}`)} />,
          },
        ]),
  ]
}

/** Several that need no reason of their own, approved together; the button says how many and how much. */
function BulkApproval({ rows, onDone }: { rows: readonly Row[]; onDone: () => void }) {
  const words = useWords('approvals')
  const action = useAction(decide, { onDone })
  const simple = rows.filter(({ summary, mine }) => mine && !summary.reasonNeeded)
  const cents = simple.reduce((sum, { amountBase }) => sum + BigInt(amountBase.replace('.', '')), 0n)
  const decimals = simple[0]?.amountBase.split('.')[1]?.length ?? 0
  const digits = cents.toString().padStart(decimals + 1, '0')
  const amount = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return (
    <>
      {simple.length > 0 ? (
        <div className="row bulk-bar">
          <Button
            loading={action.isPending}
            onClick={() =>
              action.mutate({
                body: { decisions: simple.map(({ id, version }) => ({ id, version, decision: 'approved' as const, reason: '' })) },
              })
            }
          >
            {words('detail.approveMany', { count: simple.length, amount: formatDecimal(amount) })}
          </Button>
        </div>
      ) : null}
      {action.error ? <Note tone="danger">{problemSentence(action.error)}</Note> : null}
    </>
  )
}
