import {
  AuditOutlined,
  BankOutlined,
  CommentOutlined,
  FieldTimeOutlined,
  HistoryOutlined,
  IdcardOutlined,
  ImportOutlined,
  LockOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  ReconciliationOutlined,
  RiseOutlined,
  SendOutlined,
  SwapOutlined,
  TruckOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { Phrase } from '../../../kernel/phrase.ts'
import type { homeToday } from '../../../modules/reports/home/home.api.ts'
import type { Answer } from '../../api.ts'
import type { ApiQuery } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { phraseText, useWords } from '../../words.ts'
import { type TodayLine, todayLink } from './today-link.ts'

/** As many as fit beside the risks; the rest is one press away. */
const SHOWN = 6

const icons: Readonly<Record<TodayLine['key'], typeof AuditOutlined>> = {
  approvals: AuditOutlined,
  receiptsToConfirm: BankOutlined,
  unidentified: QuestionCircleOutlined,
  unallocated: SwapOutlined,
  ordersHeld: LockOutlined,
  lateDeliveries: TruckOutlined,
  careTasks: CommentOutlined,
  dunningTasks: PhoneOutlined,
  reviewTasks: ReconciliationOutlined,
  overdue: FieldTimeOutlined,
  disputed: CommentOutlined,
  limitation: HistoryOutlined,
  temporaryLimits: RiseOutlined,
  incompleteCustomers: IdcardOutlined,
  messages: SendOutlined,
  importsStopped: ImportOutlined,
  dunningRuns: PhoneOutlined,
  dunningNotBegun: PhoneOutlined,
}

/** 今天要处理: what waits, the fact that changes the decision, its amount and deadline; each line the door to exactly these documents. */
export function TodayPanel({ query }: { query: ApiQuery<Answer<typeof homeToday>> }) {
  const words = useWords('home')
  const [all, setAll] = useState(false)
  const lines = query.data?.items ?? []
  const total = lines.reduce((sum, { count }) => sum + count, 0)
  const more = (
    <Button type="link" size="small" onClick={() => setAll(!all)} aria-expanded={all}>
      {all ? words('today.fewer') : words('today.all', { count: total })}
    </Button>
  )
  return (
    <Panel title={words('today.title')} sub={words('today.sub')} {...(lines.length > SHOWN ? { extra: more } : {})} flush>
      <Loaded query={query} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="panel-body secondary">{words('today.nothing')}</p>
          ) : (
            <ul>
              {items.slice(0, all ? items.length : SHOWN).map((line) => (
                <Line key={line.key} line={line} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Line({ line }: { line: TodayLine }) {
  const words = useWords('home')
  const { company } = useSession()
  const Icon = icons[line.key]
  const facts = line.facts.map((fact) => phraseText(fact as Phrase)).join(words('shared:join.comma'))
  return (
    <li>
      <Link to={todayLink(line)} className="home-line">
        <Icon aria-hidden />
        <span className="home-what">
          <b className="nowrap">{words(`lines.${line.key}`, { count: line.count })}</b>
          <span className="secondary cut" title={facts}>
            {facts}
          </span>
        </span>
        <span className="home-amounts">
          {line.amounts.map(({ currency, amount }) => (
            <Amount key={currency} value={amount} {...(currency === company.baseCurrency ? {} : { currency })} />
          ))}
        </span>
        <span className="home-deadline">
          <Deadline line={line} today={company.today} />
        </span>
        <span className="home-verb accent">
          {words(`verbs.${line.key}`)} <span aria-hidden="true">›</span>
        </span>
      </Link>
    </li>
  )
}

/** In words: how late, today, tomorrow, or the date. */
function Deadline({ line: { lateDays, dueOn }, today }: { line: TodayLine; today: string }) {
  const words = useWords('home')
  if (lateDays === null || dueOn === null) return null
  if (lateDays > 0) return <span className="danger">{words('today.late', { count: lateDays })}</span>
  if (lateDays === 0) return <span className="warn">{words('today.now')}</span>
  return lateDays === -1 ? <span>{words('today.tomorrow')}</span> : <DayText value={dueOn} short today={today} />
}
