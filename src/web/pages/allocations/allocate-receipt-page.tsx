import { useNavigate, useParams } from '@tanstack/react-router'
import { App, Radio } from 'antd'
import { useState } from 'react'
import { allocateByHand, allocateByRule, proposeAllocations } from '../../../modules/allocations/allocations.api.ts'
import { getReceipt } from '../../../modules/receipts/receipts.api.ts'
import type { Answer } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { LoadingRows } from '../../ui/delayed.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { type AllocationDraft, firstRule, summarise, toggled, withEarnedDiscounts } from './allocation-draft.ts'
import { OtherItems } from './other-items.tsx'
import { ProposalPanel } from './proposal-panel.tsx'

export const rules = ['reference', 'oldest', 'statutory', 'proRata'] as const
export type Rule = (typeof rules)[number]
export type Proposal = Answer<typeof proposeAllocations>
type Receipt = Answer<typeof getReceipt>

/** 核销工作台 for one receipt: what a rule proposes and why, what else is open, what follows. */
export function AllocateReceiptPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const receipt = useApi(getReceipt, { params: { id } })
  const [chosen, setRule] = useState<Rule>()
  const named = useApi(proposeAllocations, { params: { id }, query: { rule: 'reference' } }, { enabled: chosen === undefined })
  const rule = chosen ?? firstRule(named.data)
  const proposal = useApi(proposeAllocations, { params: { id }, query: { rule } })
  return (
    <Loaded query={receipt}>
      {(found) => (
        <>
          <Head receipt={found} />
          <RuleChoice rule={rule} onChange={setRule} />
          <Loaded query={proposal}>
            {(proposed) =>
              // what another rule proposed is never shown, or accepted, under this one's name
              proposal.isPlaceholderData ? (
                <LoadingRows />
              ) : (
                <Workbench key={`${rule} ${JSON.stringify(proposed.allocations)}`} receipt={found} rule={rule} proposal={proposed} />
              )
            }
          </Loaded>
        </>
      )}
    </Loaded>
  )
}

function Head({ receipt }: { receipt: Receipt }) {
  const words = useWords('allocations')
  const receipts = useWords('receipts')
  const { no, receivedOn, reference, methodName, customerName, payerName, amount, currency } = receipt
  return (
    <PageHead
      crumbs={[
        { label: receipts('title'), to: paths.receipts() },
        { label: no ?? '', to: paths.receipt({ id: receipt.id }) },
        { label: words('workbench') },
      ]}
      title={
        <>
          {customerName ?? payerName ?? receipts('noPayer')} <Amount value={`${amount}`} currency={currency} />
        </>
      }
      meta={[receivedOn, methodName, reference === null ? '' : words('said', { reference })].filter(Boolean).join(' · ')}
    />
  )
}

function RuleChoice({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const words = useWords('allocations')
  useKeys(rules.map((name, index) => ({ keys: `${index + 1}`, label: words(`rules.name.${name}`), run: () => onChange(name) })))
  return (
    <div className="filter-row">
      <span className="secondary">{words('rule')}</span>
      <Radio.Group value={rule} onChange={(event) => onChange(event.target.value as Rule)}>
        {rules.map((name, index) => (
          <Radio.Button key={name} value={name}>
            {words(`rules.name.${name}`)} <KeyHint keys={`${index + 1}`} />
          </Radio.Button>
        ))}
      </Radio.Group>
    </div>
  )
}

function Workbench({ receipt, rule, proposal }: { receipt: Receipt; rule: Rule; proposal: Proposal }) {
  const words = useWords('allocations')
  const proposed = Object.fromEntries(proposal.allocations.map((one) => [one.receivableId, one.amount]))
  const [draft, setDraft] = useState(() => withEarnedDiscounts({ amounts: proposed, reasons: {} }, proposal.items, proposal.currency))
  const summary = summarise(proposal.items, draft, proposal)
  const isProposal = JSON.stringify(draft) === JSON.stringify({ amounts: proposed, reasons: {} })
  const { accept, busy } = useAccept(receipt, isProposal ? rule : undefined)
  const run = () => summary.isReady && accept(summary.lines.map(({ item, amount, reason }) => ({ id: item.id, amount, reason })))
  useKeys([{ keys: 'enter', label: words('accept'), run, disabled: !summary.isReady || busy }])
  return (
    <div className="stack">
      <ProposalPanel
        rule={isProposal ? rule : undefined}
        proposal={proposal}
        summary={summary}
        draft={draft}
        onChange={setDraft}
        busy={busy}
        onAccept={run}
      />
      <OtherItems
        items={proposal.items}
        draft={draft}
        payerId={receipt.customerId}
        currency={proposal.currency}
        onToggle={(item) => setDraft(withEarnedDiscounts(toggled(draft, item, summary.left, proposal.currency), [item], proposal.currency))}
      />
    </div>
  )
}

type Line = { id: string; amount: string; reason: AllocationDraft['reasons'][string] | undefined }

/** By rule while nothing was changed, so that the reason of each line goes to the books; by hand otherwise. */
function useAccept(receipt: Receipt, rule: Rule | undefined): { accept: (lines: readonly Line[]) => void; busy: boolean } {
  const words = useWords('allocations')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const onDone = ({ batches }: { batches: readonly { allocated: string; currency: string }[] }) => {
    // pressed twice, it is booked once and said once
    message.success({ key: receipt.id, content: words('done', { amount: formatDecimal(batches[0]?.allocated ?? '0.00') }) })
    void navigate({ to: paths.receipt({ id: receipt.id }) })
  }
  const byRule = useAction(allocateByRule, { onDone })
  const byHand = useAction(allocateByHand, { onDone })
  const accept = (lines: readonly Line[]) => {
    const receiptId = receipt.id
    const sent =
      rule === undefined
        ? byHand.mutateAsync({
            body: {
              lines: lines.map(({ id, amount }) => ({ receiptId, receivableId: id, amount })),
              adjustments: lines.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ receiptId, receivableId: id, reason }])),
            },
          })
        : byRule.mutateAsync({ body: { receiptIds: [receiptId], rule, receivableIds: lines.map((line) => line.id) } })
    sent.catch((error: ApiProblem) => message.error([problemSentence(error), ...error.issues.map((issue) => issue.message)].join(' ')))
  }
  return { accept, busy: byRule.isPending || byHand.isPending }
}
