import { PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { confirmReceipts, exportReceipts, exportReceiptsCsv, listReceipts } from '../../../modules/receipts/receipts.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { type Filters, useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { usePhone } from '../../preferences.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { phoneReceipt, receiptColumns } from './receipt-columns.tsx'
import { filterDefaults, filterQuery, ReceiptFilters } from './receipt-filters.tsx'
import { ReceiptSums } from './receipt-sums.tsx'

/** 收款单: what came in, what waits for its second person, what is not allocated yet. */
export function ReceiptsPage() {
  const words = useWords('receipts')
  const { may, company } = useSession()
  const navigate = useNavigate()
  const phone = usePhone()
  const filters = useFilters(filterDefaults)
  const list = useList(listReceipts, { query: filterQuery(filters.values) }, { sumsApart: true })
  const [selected, setSelected] = useState<readonly string[]>([])
  const canRecord = may('receipts.record')
  useKeys([{ keys: 'n', label: words('new'), run: () => void navigate({ to: paths.newReceipt() }), disabled: !canRecord }])
  const chosen = (list.query.data?.items ?? []).filter((row) => selected.includes(row.id))
  const add = canRecord ? (
    <PageLink to={paths.newReceipt()} look="primary" icon={<PlusOutlined />}>
      {words('new')}
    </PageLink>
  ) : null
  return (
    <>
      <PageHead
        title={words('title')}
        meta={<ReceiptSums sums={list.query.data?.sums ?? []} />}
        actions={
          <>
            {may('reports.export') && !phone ? <Exports filters={filters} /> : null}
            {may('receipts.confirm') ? <ConfirmChosen chosen={chosen} onDone={() => setSelected([])} /> : null}
            {add}
          </>
        }
      />
      <ReceiptFilters filters={filters} />
      <Panel flush>
        <DataTable
          name="receipts"
          label={words('title')}
          columns={receiptColumns(words, company.today)}
          rowKey={(row) => row.id}
          list={list}
          to={(row) => paths.receipt({ id: row.id })}
          phoneRow={(row) => phoneReceipt(row, words, company.today)}
          selected={selected}
          onSelect={setSelected}
          empty={
            filters.active.length > 0 ? (
              <NoResult filters={filters.active.length} onClear={filters.clear} />
            ) : (
              <EmptyState title={words('emptyTitle')} text={words('emptyText')} action={add} />
            )
          }
        />
      </Panel>
    </>
  )
}

function Exports({ filters }: { filters: Filters<ReturnType<typeof useFilters<typeof filterDefaults>>['values']> }) {
  const words = useWords('shared')
  const input = { query: filterQuery(filters.values) }
  return (
    <>
      <DownloadButton route={exportReceipts} input={input} name="receipts.xlsx">
        {words('exportExcel')}
      </DownloadButton>
      <DownloadButton route={exportReceiptsCsv} input={input} name="receipts.csv" icon={null}>
        {words('exportCsv')}
      </DownloadButton>
    </>
  )
}

/** Confirms what is ticked and waits for a second person; says how many wait for an approval instead. */
function ConfirmChosen({ chosen, onDone }: { chosen: readonly { id: string; version: number; status: string }[]; onDone: () => void }) {
  const words = useWords('receipts')
  const { message } = App.useApp()
  const drafts = chosen.filter((row) => row.status === 'draft')
  const action = useAction(confirmReceipts, {
    onDone: ({ confirmed, awaitingApproval }) => {
      message.success(words('confirmedMany', { count: confirmed.length, waiting: awaitingApproval.length }))
      onDone()
    },
  })
  if (drafts.length === 0) return null
  const run = () =>
    action
      .mutateAsync({ body: { receipts: drafts.map(({ id, version }) => ({ id, version })) } })
      .catch((error: ApiProblem) => message.error(problemSentence(error)))
  return (
    <Button loading={action.isPending} onClick={() => void run()}>
      {words('confirmChosen', { count: drafts.length })}
    </Button>
  )
}
