import { Button } from 'antd'
import { useState } from 'react'
import { dismissDuplicate, listDuplicates, listMerges, undoMerge } from '../../../modules/customers/customer-merges.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { MergeDialog } from './merge-dialog.tsx'

export type Pair = Answer<typeof listDuplicates>['items'][number]

/** 疑似重复客户: pairs with the reasons for the suspicion; merge one into the other, or say that they are two. */
export function DuplicatesPage() {
  const words = useWords('customers')
  const list = useList(listDuplicates)
  const [merging, setMerging] = useState<Pair>()
  const dismiss = useAction(dismissDuplicate)
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.customers() }, { label: words('duplicates.title') }]}
        title={words('duplicates.title')}
        meta={words('duplicates.meta')}
      />
      <Panel title={words('duplicates.pairs')} {...(list.query.data ? { sub: String(list.query.data.total) } : {})} flush>
        {dismiss.error ? <ErrorState problem={dismiss.error} /> : null}
        <DataTable
          name="duplicates"
          label={words('duplicates.title')}
          list={list}
          rowKey={(row) => `${row.a.id} ${row.b.id}`}
          empty={<EmptyState title={words('duplicates.none')} text={words('duplicates.noneHelp')} />}
          phoneRow={(row) => ({
            title: row.a.name,
            amount: '',
            reason: row.b.name,
            mark: row.reasons.map((reason) => words(`duplicates.reasons.${reason}`)).join(', '),
          })}
          columns={[
            { key: 'a', title: words('duplicates.one'), render: (row) => <SideCell side={row.a} /> },
            { key: 'b', title: words('duplicates.other'), render: (row) => <SideCell side={row.b} /> },
            {
              key: 'reasons',
              title: words('duplicates.why'),
              width: 170,
              render: (row) =>
                row.reasons.map((reason) => <Status key={reason} word="check" plain text={words(`duplicates.reasons.${reason}`)} />),
            },
            {
              key: 'actions',
              title: '',
              width: 190,
              render: (row) => (
                <span className="row">
                  <Button size="small" onClick={() => setMerging(row)}>
                    {words('duplicates.merge')}
                  </Button>
                  <Button size="small" type="link" onClick={() => dismiss.mutate({ body: { aId: row.a.id, bId: row.b.id } })}>
                    {words('duplicates.twoCompanies')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </Panel>
      <MergesPanel />
      {merging ? <MergeDialog pair={merging} onClose={() => setMerging(undefined)} /> : null}
    </>
  )
}

function SideCell({ side }: { side: Pair['a'] }) {
  return (
    <span>
      <PageLink to={paths.customer({ id: side.id })} look="link" small>
        {side.code} {side.name}
      </PageLink>
      <span className="secondary small">
        {' '}
        {[side.taxId, side.salespersonName, side.createdOn].filter(Boolean).join(' · ')} · <Amount value={side.open} />
      </span>
    </span>
  )
}

function MergesPanel() {
  const words = useWords('customers')
  const { company } = useSession()
  const list = useList(listMerges)
  const undo = useAction(undoMerge)
  return (
    <Panel title={words('merges.title')} flush>
      {undo.error ? <ErrorState problem={undo.error} /> : null}
      <DataTable
        name="merges"
        label={words('merges.title')}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={words('merges.none')} />}
        columns={[
          {
            key: 'at',
            title: words('merges.at'),
            width: 140,
            render: (row) => <InstantText value={row.mergedAt} timeZone={company.timeZone} />,
          },
          { key: 'from', title: words('merges.from'), render: (row) => `${row.from.code} ${row.from.name}` },
          { key: 'into', title: words('merges.into'), render: (row) => `${row.into.code} ${row.into.name}` },
          { key: 'by', title: words('limits.who'), width: 110, render: (row) => row.mergedBy ?? '–' },
          { key: 'reason', title: words('reason'), render: (row) => row.reason || '–' },
          {
            key: 'undo',
            title: '',
            width: 90,
            render: (row) =>
              row.undoneAt ? (
                <Status word="takenBack" plain />
              ) : (
                <Button size="small" onClick={() => undo.mutate({ params: { id: row.id }, body: { version: row.version } })}>
                  {words('merges.undo')}
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  )
}
