import { useState } from 'react'
import { readAgeing } from '../../../modules/ageing/ageing.api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { usePhone } from '../../preferences.ts'
import { useSession } from '../../session.tsx'
import { AgeingStrip } from '../../ui/ageing-strip.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Panel } from '../../ui/panel.tsx'
import { phraseText, useWords } from '../../words.ts'
import './ageing.css'
import { AgeingActions } from './ageing-actions.tsx'
import { AgeingFilterRow } from './ageing-filter-row.tsx'
import { AgeingPhoneList } from './ageing-phone-list.tsx'
import { type AgeingValues, ageingDefaults, type Cell, reportQuery } from './ageing-question.ts'
import { AgeingTable } from './ageing-table.tsx'
import { CellItems } from './cell-items.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { ProofLine } from './proof-line.tsx'

/** 账龄分析: who owes what, cut any way, as of any day; every figure opens its documents below, and the whole ties to the ledger. */
export function AgeingPage() {
  const words = useWords('ageing')
  const { company } = useSession()
  const phone = usePhone()
  const filters = useFilters(ageingDefaults)
  const { values } = filters
  const [cell, setCell] = useState<Cell>()
  const list = useList(readAgeing, { query: { ...reportQuery(values), proof: 'false' } })
  const asOf = values.asOf || company.today
  return (
    <>
      <PageHead
        crumbs={[{ label: words('page.crumb'), to: paths.receivables() }]}
        title={words('title')}
        meta={<Meta values={values} />}
        actions={<AgeingActions values={values} />}
      />
      <AgeingFilterRow filters={filters} onChange={() => setCell(undefined)} />
      <div className="ageing-proof">
        <ProofLine
          asOf={asOf}
          values={values}
          report={list.query.data}
          filtered={filters.active.some((name) => !NOT_NARROWING.has(name))}
        />
      </div>
      <Panel flush>
        <Loaded query={list.query} rows={10}>
          {(report) =>
            report.items.length === 0 ? (
              <NothingOpen asOf={asOf} firstOn={report.firstOn} filters={filters} />
            ) : (
              <>
                <div className="ageing-total">
                  <AgeingStrip
                    parts={report.buckets.map(({ label }, index) => ({
                      label: phraseText(label as Parameters<typeof phraseText>[0]),
                      amount: report.totals.buckets[index]!,
                    }))}
                  />
                </div>
                {phone ? (
                  <AgeingPhoneList report={report} values={values} />
                ) : (
                  <AgeingTable report={report} filters={filters} cell={cell} onCell={setCell} stale={list.query.isPlaceholderData} />
                )}
                <div className="table-foot">
                  <span className="grow" />
                  <Pager list={list} count={report.items.length} />
                </div>
              </>
            )
          }
        </Loaded>
      </Panel>
      {cell === undefined || phone ? null : (
        <CellItems
          key={JSON.stringify(cell)}
          cell={cell}
          values={values}
          buckets={list.query.data?.buckets ?? []}
          onClose={() => setCell(undefined)}
        />
      )}
    </>
  )
}

/** These change what is shown, not how much of it. */
const NOT_NARROWING: ReadonlySet<string> = new Set(['asOf', 'by', 'inner', 'scheme', 'basis', 'sort', 'currency'])

function Meta({ values }: { values: AgeingValues }) {
  const words = useWords('ageing')
  const { company } = useSession()
  const name = (dimension: string) => words(`dimensions.${dimension}`).toLowerCase() // within a sentence
  const by =
    values.inner === 'none' || values.inner === values.by
      ? words('page.by', { by: name(values.by) })
      : words('page.byTwo', { first: name(values.by), second: name(values.inner) })
  const currency =
    values.currency === '' ? words('page.inBase', { currency: company.baseCurrency }) : words('page.inOwn', { currency: values.currency })
  const basis = words(`bases.${values.basis || (values.scheme === 'provision' ? 'issued' : 'due')}`)
  return <>{words('page.meta', { by, basis, currency })}</>
}
