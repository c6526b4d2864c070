import {
  AuditOutlined,
  BankOutlined,
  ClockCircleOutlined,
  FieldTimeOutlined,
  QuestionCircleOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { countApprovals } from '../../../modules/approvals/approvals.api.ts'
import { listReceipts } from '../../../modules/receipts/receipts.api.ts'
import { listReceivables } from '../../../modules/receivables/receivables.api.ts'
import { paths } from '../../paths.ts'
import { type ApiQuery, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Line = { key: keyof typeof icons; what: string; amount?: ReactNode; to: string }
type Part = { query?: ApiQuery<unknown>; line: Line | false }

const icons = {
  approvals: <AuditOutlined aria-hidden />,
  tasks: <ClockCircleOutlined aria-hidden />,
  toConfirm: <BankOutlined aria-hidden />,
  overdue: <FieldTimeOutlined aria-hidden />,
  unallocated: <SwapOutlined aria-hidden />,
  unidentified: <QuestionCircleOutlined aria-hidden />,
}

/** 今天要处理: what waits, with its amount, each line the door to exactly these documents. What is nothing is left out. */
export function TodayPanel() {
  const words = useWords('shell')
  const parts = [
    useApprovals(),
    useTasks(),
    useReceipts('toConfirm'),
    useOverdue(),
    useReceipts('unallocated'),
    useReceipts('unidentified'),
  ]
  const lines = parts.flatMap(({ line }) => (line ? [line] : []))
  const failed = parts.map(({ query }) => query).find((query) => query?.error)
  const isComplete = parts.every(({ query }) => !query?.isLoading)
  const [first] = lines
  return (
    <Panel title={words('home.today')} extra={first ? <NextButton to={first.to} /> : null} flush>
      {failed?.error ? <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} /> : null}
      {lines.length === 0 && !failed && isComplete ? <p className="panel-body secondary">{words('home.nothingWaits')}</p> : null}
      <ul>
        {lines.map(({ key, what, amount, to }) => (
          <li key={key}>
            <Link to={to} className="home-line">
              {icons[key]}
              <b className="grow">{what}</b>
              {amount}
              <span className="home-verb accent">{words(`home.verbs.${key}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** The first thing that waits, with one key. */
function NextButton({ to }: { to: string }) {
  const words = useWords('shell')
  const navigate = useNavigate()
  const open = () => void navigate({ to })
  useKeys([{ keys: 'n', label: words('home.next'), run: open }])
  return (
    <Button type="primary" size="small" onClick={open} aria-keyshortcuts="n">
      {words('home.next')} <KeyHint keys="n" />
    </Button>
  )
}

function useApprovals(): Part {
  const words = useWords('shell')
  const { may } = useSession()
  const query = useApi(countApprovals, {}, { enabled: may('approvals.view') })
  const count = query.data?.toDecide ?? 0
  return { query, line: count > 0 && { key: 'approvals', what: words('home.approvals', { count }), to: paths.approvals() } }
}

/** The session counts the tasks that are due. */
function useTasks(): Part {
  const words = useWords('shell')
  const count = useSession().counts?.tasks ?? 0
  return { line: count > 0 && { key: 'tasks', what: words('home.tasks', { count }), to: paths.tasks() } }
}

function useOverdue(): Part {
  const words = useWords('shell')
  const { may } = useSession()
  const query = useApi(listReceivables, { query: { status: ['overdue'], limit: 1, sums: 'only' } }, { enabled: may('receivables.view') })
  const { data } = query
  if (!data?.total) return { query, line: false }
  const amount = <Amount value={data.base?.overdue ?? null} currency={data.baseCurrency} strong />
  const what = words('home.overdue', { count: data.total })
  return { query, line: { key: 'overdue', what, amount, to: paths.receivables({ status: ['overdue'] }) } }
}

const money = {
  toConfirm: { filter: { status: ['draft'] }, permission: 'receipts.confirm' },
  unallocated: { filter: { unallocated: 'true', unidentified: 'false' }, permission: 'receipts.view' },
  unidentified: { filter: { status: ['confirmed'], unidentified: 'true' }, permission: 'receipts.view' },
} as const

/** Receipts in one state, the same filter as the list that the line opens; amounts of different currencies are never added. */
function useReceipts(state: keyof typeof money): Part {
  const words = useWords('shell')
  const { may } = useSession()
  const { filter, permission } = money[state]
  const query = useApi(listReceipts, { query: { ...filter, limit: 1, sums: 'only' } }, { enabled: may('receipts.view') && may(permission) })
  const { data } = query
  if (!data?.total) return { query, line: false }
  const amount = (
    <span className="home-amounts">
      {(data.sums ?? []).map((sum) => (
        <Amount key={sum.currency} value={state === 'toConfirm' ? sum.amount : sum.unallocated} currency={sum.currency} strong />
      ))}
    </span>
  )
  return { query, line: { key: state, what: words(`home.${state}`, { count: data.total }), amount, to: paths.receipts({ state }) } }
}
