import { CheckCircleOutlined, ExclamationCircleOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Phrase } from '../../../kernel/phrase.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { CreditBar } from '../../ui/credit-bar.tsx'
import type { ExposurePart } from '../../ui/credit-segments.ts'
import { instantWords } from '../../ui/day-text.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, useWords } from '../../words.ts'
import type { OrderCheckAnswer } from './order-form.ts'

type Credit = NonNullable<OrderCheckAnswer['credit']>
const icons = { pass: <CheckCircleOutlined />, warn: <ExclamationCircleOutlined />, hold: <StopOutlined /> }
const tones = { pass: 'success', warn: 'warning', hold: 'danger' }

/** 信用检查: the position with this order, arithmetic to the cent, and the rules one by one. */
export function CreditPanel({ check }: { check: OrderCheckAnswer | undefined }) {
  const words = useWords('orders')
  const credit = check?.credit
  const { company } = useSession()
  if (!check || !credit)
    return (
      <Panel title={words('credit.title')}>
        <p className="secondary">{words('credit.waiting')}</p>
      </Panel>
    )
  const empty = Number(check.totals?.amount ?? 0) === 0
  const at = instantWords(check.at, company.timeZone).slice('2026-11-20 '.length)
  return (
    <Panel
      title={words('credit.title')}
      sub={words('credit.live', { at })}
      extra={empty && credit.result === 'pass' ? null : <Status word={credit.result} />}
    >
      <Bar credit={credit} />
      <Arithmetic credit={credit} />
      {empty ? <p className="secondary">{words('credit.nothingYet')}</p> : null}
      <RuleList rules={empty ? credit.rules.filter(({ result }) => result !== 'pass') : credit.rules} />
    </Panel>
  )
}

function Bar({ credit }: { credit: Credit }) {
  return <CreditBar parts={useParts(credit)} limit={credit.limit} />
}

function useParts(credit: Credit): ExposurePart[] {
  const words = useWords('shared')
  const amounts = { overdue: credit.overdue, notDue: credit.notDue, orders: credit.orders, thisOrder: credit.added }
  return (['overdue', 'notDue', 'orders', 'thisOrder'] as const).map((key) => ({
    key,
    label: words(`credit.${key}`),
    amount: amounts[key],
  }))
}

function Arithmetic({ credit }: { credit: Credit }) {
  const words = useWords('orders')
  const parts = useParts(credit)
  const total = sum([credit.exposure, credit.added])
  return (
    <dl className="order-credit">
      {parts.map((part) => (
        <div key={part.key} className={part.key === 'thisOrder' ? 'strong' : ''}>
          <dt>
            <i className={`swatch fill-exp-${part.key}`} aria-hidden="true" /> {part.label}
          </dt>
          <dd>
            <Amount value={part.amount} />
          </dd>
        </div>
      ))}
      <div className="strong order-credit-sum">
        <dt>{words('credit.exposure')}</dt>
        <dd>
          <Amount value={total} />
        </dd>
      </div>
      <div>
        <dt>
          {credit.limit === null
            ? words(credit.limitKind === 'unlimited' ? 'credit.unlimited' : 'credit.noLimit')
            : credit.limitUntil
              ? words('credit.limitUntil', { until: credit.limitUntil })
              : words('credit.limit')}
        </dt>
        <dd>
          <Amount value={credit.limit} />
        </dd>
      </div>
      {Number(credit.overOwn) > 0 ? (
        <div className="strong danger">
          <dt>
            <i className="swatch fill-over" aria-hidden="true" /> {words('credit.over')}
          </dt>
          <dd>
            <Amount value={credit.overOwn} />
          </dd>
        </div>
      ) : credit.limit === null ? null : (
        <div>
          <dt>{words('credit.free')}</dt>
          <dd>
            <Amount value={sum([credit.limit, `-${total}`])} />
          </dd>
        </div>
      )}
      {credit.groups.map((group, index) => (
        <GroupLimit key={`${group.name}-${index}`} group={group} />
      ))}
    </dl>
  )
}

/** A group above has a column of its own: what all of it uses with this order, its limit, and what passes it. */
function GroupLimit({ group }: { group: Credit['groups'][number] }) {
  const words = useWords('orders')
  const isOver = Number(group.over) > 0
  return (
    <>
      <div className="strong order-credit-sum">
        <dt>{words('credit.groupExposure', { name: group.name || words('credit.hiddenGroup') })}</dt>
        <dd>
          <Amount value={group.used} />
        </dd>
      </div>
      <div>
        <dt>{words('credit.groupLimit')}</dt>
        <dd>
          <Amount value={group.limit} />
        </dd>
      </div>
      <div className={isOver ? 'strong danger' : ''}>
        <dt>
          {isOver ? <i className="swatch fill-over" aria-hidden="true" /> : null} {words(isOver ? 'credit.over' : 'credit.free')}
        </dt>
        <dd>
          <Amount value={isOver ? group.over : sum([group.limit, `-${group.used}`])} />
        </dd>
      </div>
    </>
  )
}

function RuleList({ rules }: { rules: Credit['rules'] }) {
  const words = useWords('credit')
  if (rules.length === 0) return null
  return (
    <dl className="order-rules">
      {rules.map((rule, index) => (
        <div key={`${rule.rule}-${index}`}>
          <dt className="secondary">{words(`rules.name.${rule.rule}`)}</dt>
          <dd className={`plain tone-${tones[rule.result]}`}>
            {icons[rule.result]} {phraseText(rule.reason as Phrase)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** 最快的办法: what each one does and does not solve. */
export function WaysPanel({ check, customerId }: { check: OrderCheckAnswer | undefined; customerId: string | undefined }) {
  const words = useWords('orders')
  const ways = check?.credit?.waysOut ?? []
  if (ways.length === 0) return null
  const focus = (id: string) => document.getElementById(id)?.focus()
  return (
    <Panel title={words('ways.title')} flush>
      <ul className="order-ways">
        {ways.map((way) => (
          <li key={way.kind}>
            <span className="grow">
              <b>{phraseText(way.title as Phrase)}</b>
              <span className="secondary small">{phraseText(way.effect as Phrase)}</span>
            </span>
            {way.kind === 'payOldest' ? (
              <PageLink small to={paths.receivables(customerId ? { customerId } : {})}>
                {words('ways.payOldest')}
              </PageLink>
            ) : null}
            {way.kind === 'prepayMore' ? (
              <Button size="small" onClick={() => focus('order-terms')}>
                {words('ways.prepayMore')}
              </Button>
            ) : null}
            {way.kind === 'release' ? (
              <Button size="small" onClick={() => focus('order-remark')}>
                {words('ways.release')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Decimal texts of one currency added exactly, by their minor units. */
function sum(texts: readonly string[]): string {
  const decimals = Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0))
  const minor = texts.reduce((total, text) => {
    const negative = text.startsWith('-')
    const [whole = '0', part = ''] = text.replace(/^-+/, '').split('.')
    const value = BigInt(whole + part.padEnd(decimals, '0'))
    return negative ? total - value : total + value
  }, 0n)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return minor < 0n ? `-${text}` : text
}
