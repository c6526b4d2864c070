import { CheckOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { minorUnits } from '../../../kernel/currency.ts'
import { daysBetween } from '../../../kernel/day.ts'
import type { Phrase } from '../../../kernel/phrase.ts'
import { type ShortPaymentReason, shortPaymentReasons } from '../../../modules/allocations/short-payment.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { phraseText, useWords, type Words } from '../../words.ts'
import type { Proposal, Rule } from './allocate-receipt-page.tsx'
import { type AllocationDraft, type DraftLine, type DraftSummary, withAmount } from './allocation-draft.ts'

type Item = Proposal['items'][number]
type Props = {
  rule: Rule | undefined
  proposal: Proposal
  summary: DraftSummary<Item>
  draft: AllocationDraft
  onChange: (draft: AllocationDraft) => void
  busy: boolean
  onAccept: () => void
}

/** The allocations as they would be booked, the difference, the evidence in words, and what changes. */
export function ProposalPanel(props: Props) {
  const { rule, proposal, summary, draft, onChange } = props
  const words = useWords('allocations')
  const title = rule === undefined ? words('own') : words('proposal', { rule: words(`rules.name.${rule}`) })
  return (
    <Panel title={title} sub={proposal.currency} flush>
      <DataTable<DraftLine<Item>>
        name="allocation-draft"
        label={title}
        rows={summary.lines}
        rowKey={(line) => line.item.id}
        empty={<EmptyState title={words('nothingProposed')} text={words('nothingProposedText')} />}
        columns={columns(words, useSession().company.today, proposal, draft, onChange)}
      />
      <Evidence proposal={proposal} shown={rule !== undefined} />
      <Accept {...props} />
    </Panel>
  )
}

function columns(words: Words, today: string, proposal: Proposal, draft: AllocationDraft, onChange: Props['onChange']) {
  return [
    { key: 'no', title: words('to'), render: ({ item }: DraftLine<Item>) => <span className="nowrap">{item.no}</span> },
    {
      key: 'dueOn',
      title: words('dueOn'),
      render: ({ item }: DraftLine<Item>) => (
        <span className="row">
          <span className="nowrap">{item.dueOn}</span> <Overdue days={daysBetween(item.dueOn, today as never)} />
        </span>
      ),
    },
    { key: 'open', title: words('open'), align: 'right' as const, render: ({ item }: DraftLine<Item>) => <Amount value={item.open} /> },
    {
      key: 'short',
      title: words('shortBy'),
      render: (line: DraftLine<Item>) => <Short line={line} onReason={(reason) => onChange(withReason(draft, line.item.id, reason))} />,
    },
    {
      key: 'amount',
      title: words('now'),
      align: 'right' as const,
      render: ({ item, amount, fault }: DraftLine<Item>) => (
        <AmountInput
          small
          decimals={minorUnits(proposal.currency)}
          value={amount}
          onChange={(value) => onChange(withAmount(draft, item.id, value))}
          aria-label={words('amountFor', { no: item.no })}
          aria-invalid={fault !== undefined}
        />
      ),
    },
  ]
}

function withReason({ amounts, reasons }: AllocationDraft, id: string, reason: ShortPaymentReason | undefined): AllocationDraft {
  const { [id]: _before, ...others } = reasons
  return { amounts, reasons: reason === undefined ? others : { ...others, [id]: reason } }
}

/** What is missing stays open unless a reason closes it; a reason that may not is said at once. */
function Short({ line, onReason }: { line: DraftLine<Item>; onReason: (reason: ShortPaymentReason | undefined) => void }) {
  const words = useWords('allocations')
  if (line.fault === 'notAnAmount' || line.fault === 'aboveOpen') return <span className="danger">{words(`faults.${line.fault}`)}</span>
  if (!/[1-9]/.test(line.short)) return <span className="muted">–</span>
  const closing = Object.entries(shortPaymentReasons).filter(([, { outcome }]) => outcome === 'writeOff' || outcome === 'discount')
  return (
    <span className="row wrap">
      <Amount value={line.short} />
      <Select
        size="small"
        allowClear
        popupMatchSelectWidth={false}
        className="reason-choice"
        placeholder={words('staysOpen')}
        aria-label={words('reasonFor', { no: line.item.no })}
        value={line.reason ?? null}
        options={closing.map(([value]) => ({ value, label: words(`reasons.${value}`) }))}
        onChange={(reason: ShortPaymentReason | null | undefined) => onReason(reason ?? undefined)}
      />
      {line.fault ? <span className="danger">{words(`faults.${line.fault}`)}</span> : null}
    </span>
  )
}

function Evidence({ proposal, shown }: { proposal: Proposal; shown: boolean }) {
  const said = [
    ...proposal.allocations.map((one) => [true, one.explanation as Phrase] as const),
    ...proposal.explanation.map((one) => [false, one as Phrase] as const),
  ]
  if (!shown || said.length === 0) return null
  return (
    <ul className="evidence">
      {said.map(([good, phrase]) => {
        const text = phraseText(phrase)
        return (
          <li key={text} className="row">
            {good ? <CheckOutlined className="success" aria-hidden /> : <SwapOutlined className="warn" aria-hidden />} {text}
          </li>
        )
      })}
    </ul>
  )
}

function Accept({ summary, proposal, busy, onAccept }: Props) {
  const words = useWords('allocations')
  const settled = summary.lines.filter((line) => line.settles).map((line) => line.item.no)
  const params = { amount: formatDecimal(summary.allocated), left: formatDecimal(summary.left), currency: proposal.currency }
  const says = [
    words('will.allocated', params),
    settled.length === 0 ? '' : words('will.settled', { count: settled.length, list: settled.slice(0, 3).join(words('listComma')) }),
    /[1-9]/.test(summary.left) ? words('will.left', params) : words('will.nothingLeft'),
  ]
  return (
    <div className="accept-row row between wrap">
      <span className={summary.isOver ? 'danger' : 'secondary'} aria-live="polite">
        {summary.isOver
          ? words('over', { amount: formatDecimal(summary.left.replace('-', '')) })
          : summary.lines.length > 0
            ? says.filter(Boolean).join('')
            : ''}
      </span>
      <Button type="primary" disabled={!summary.isReady} loading={busy} onClick={onAccept}>
        {words('accept')} <KeyHint keys="enter" />
      </Button>
    </div>
  )
}
