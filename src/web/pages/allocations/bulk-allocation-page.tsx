import { useQuery } from '@tanstack/react-query'
import { App, Radio } from 'antd'
import { useState } from 'react'
import { allocateByRule, previewAllocations } from '../../../modules/allocations/allocations.api.ts'
import { listReceipts } from '../../../modules/receipts/receipts.api.ts'
import { type Answer, call } from '../../api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { type Rule, rules } from './allocate-receipt-page.tsx'

type Preview = Answer<typeof previewAllocations>

/** 批量核销: choose receipts and a rule, see the sums, run. */
export function BulkAllocationPage() {
  const words = useWords('allocations')
  const { message } = App.useApp()
  const [rule, setRule] = useState<Rule>('oldest')
  const [selected, setSelected] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<{ sentence: string; code: string }>()
  const preview = usePreview(selected, rule)
  const action = useAction(allocateByRule, {
    onDone: ({ batches }) => {
      message.success(words('bulk.done', { count: batches.length }))
      setSelected([])
    },
  })
  const run = () => {
    setFailure(undefined)
    action.mutateAsync({ body: { receiptIds: [...selected], rule } }).catch((error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error
      setFailure({ sentence: problemSentence(error), code: error.code })
    })
  }
  const count = preview?.sums.reduce((sum, one) => sum + one.receipts, 0) ?? 0
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.allocations() }, { label: words('bulk.title') }]}
        title={words('bulk.title')}
        meta={words('bulk.meta')}
      />
      <div className="filter-row">
        <span className="secondary">{words('rule')}</span>
        <Radio.Group
          optionType="button"
          value={rule}
          onChange={(event) => setRule(event.target.value as Rule)}
          options={rules.map((value) => ({ value, label: words(`rules.name.${value}`) }))}
        />
      </div>
      <Waiting selected={selected} onSelect={setSelected} />
      <SaveBar label={words('bulk.run', { count })} busy={action.isPending} disabled={count === 0} onSave={run} failure={failure}>
        {selected.length === 0 ? words('bulk.choose') : <Sums preview={preview} />}
      </SaveBar>
    </>
  )
}

function Waiting({ selected, onSelect }: { selected: readonly string[]; onSelect: (ids: readonly string[]) => void }) {
  const words = useWords('allocations')
  const receipts = useWords('receipts')
  const { company } = useSession()
  const list = useList(listReceipts, { query: { unallocated: 'true', unidentified: 'false' } })
  return (
    <Panel flush>
      <DataTable
        name="bulk-allocation"
        label={words('bulk.title')}
        list={list}
        rowKey={(row) => row.id}
        selected={selected}
        onSelect={onSelect}
        empty={<EmptyState title={words('bulk.emptyTitle')} text={words('bulk.emptyText')} />}
        columns={[
          { key: 'no', title: receipts('fields.no'), render: (row) => <span className="nowrap">{row.no}</span> },
          {
            key: 'receivedOn',
            title: receipts('fields.receivedOn'),
            render: (row) => <DayText value={row.receivedOn} short today={company.today} />,
          },
          { key: 'customer', title: words('customer'), render: (row) => <CutText text={row.customerName ?? '–'} /> },
          { key: 'reference', title: receipts('fields.reference'), render: (row) => <CutText text={row.reference ?? '–'} /> },
          {
            key: 'unallocated',
            title: receipts('fields.unallocated'),
            align: 'right',
            render: (row) => <Amount value={row.unallocated} currency={row.currency} />,
          },
        ]}
      />
    </Panel>
  )
}

function usePreview(receiptIds: readonly string[], rule: Rule): Preview | undefined {
  return useQuery({
    queryKey: [previewAllocations.path, rule, receiptIds],
    queryFn: ({ signal }) => call(previewAllocations, { body: { receiptIds: [...receiptIds], rule }, signal }),
    enabled: receiptIds.length > 0,
  }).data
}

function Sums({ preview }: { preview: Preview | undefined }) {
  const words = useWords('allocations')
  return (
    <>
      {preview?.sums.map(({ currency, receipts, receivables, settled, allocated, left }) => (
        <span key={currency} className="block">
          {words('bulk.will', { receipts, receivables, settled, amount: formatDecimal(allocated), currency, left: formatDecimal(left) })}
        </span>
      ))}
    </>
  )
}
