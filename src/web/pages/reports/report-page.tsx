import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { readReport } from '../../../modules/reports/reports.api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { usePhone } from '../../preferences.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords, type Words } from '../../words.ts'
import './reports.css'
import { ReportActions } from './report-actions.tsx'
import { ReportChart } from './report-chart.tsx'
import { ReportDocuments } from './report-documents.tsx'
import { ReportFigures } from './report-figures.tsx'
import { ReportFilterRow } from './report-filter-row.tsx'
import { ReportKpis } from './report-kpis.tsx'
import { type Figure, type Report, reportDefaults, reportQuery } from './report-question.ts'
import { ReportTable } from './report-table.tsx'

/** One report: filters, what it says of itself, its figures beside those of other times, charts, the table with its totals; every figure opens its documents below. */
export function ReportPage() {
  const { key } = useParams({ strict: false }) as { key: string }
  const words = useWords('reports')
  const filters = useFilters(reportDefaults)
  const [figure, setFigure] = useState<Figure>()
  const list = useList(readReport, { params: { key }, query: reportQuery(filters.values) })
  const report = list.query.data
  return (
    <>
      <PageHead
        crumbs={[{ label: words('page.title'), to: paths.reports() }]}
        title={report?.title ?? words('page.title')}
        meta={report?.answers}
        actions={report ? <ReportActions reportKey={key} report={report} values={filters.values} /> : undefined}
      />
      {report ? <ReportFilterRow reportKey={key} report={report} filters={filters} onChange={() => setFigure(undefined)} /> : null}
      {report ? <p className="print-only">{scopeSaid(report, words)}</p> : null}
      {report ? <Said report={report} /> : null}
      <Loaded query={list.query} rows={10}>
        {(found) => (
          <>
            <ReportKpis report={found} />
            <div className="report-charts">
              {found.charts.map((chart) => (
                <ReportChart key={chart.key} chart={chart} report={found} />
              ))}
            </div>
            <Panel flush>
              <ReportTable report={found} list={list} filters={filters} figure={figure} onFigure={setFigure} />
            </Panel>
          </>
        )}
      </Loaded>
      {figure === undefined ? null : (
        <ReportDocuments
          key={JSON.stringify(figure)}
          reportKey={key}
          values={filters.values}
          figure={figure}
          onClose={() => setFigure(undefined)}
        />
      )}
    </>
  )
}

/** On paper the filters do not stand above: what the report is about, in one line. */
function scopeSaid({ time, from, to, byTitle, narrowedBy }: Report, words: Words): string {
  const about = [
    time === 'range' ? words('page.fromTo', { from, to }) : to,
    `${words('groupedBy')}${words('shared:join.colon')}${byTitle}`,
    ...narrowedBy.map(({ label, value }) => `${label}${words('shared:join.colon')}${value}`),
  ]
  return about.join(words('shared:join.clauses'))
}

/** What the amounts are, how the report counts, and its formula. */
function Said({ report: { amounts, explanation, formula, figures, basis } }: { report: Report }) {
  const words = useWords('reports')
  const phone = usePhone()
  return (
    <details className="report-said secondary" open={formula !== null && !phone}>
      <summary>
        {words('page.said')}
        {words('shared:join.colon')}
        {amounts}
      </summary>
      <p>{explanation}</p>
      {formula === null ? null : (
        <p className="report-formula">
          <b>{words('formula')}</b>
          {words('shared:join.colon')}
          {formula}
        </p>
      )}
      <div className="report-formulas">
        <ReportFigures figures={figures} />
      </div>
      {basis === null ? null : (
        <p>
          {words('basis.title')}
          {words('shared:join.colon')}
          {words('basis.said', { vat: words(`basis.vat.${basis.vatBasis}`), days: basis.yearDays })}{' '}
          <Link to={paths.kpiBasis()}>{words('basis.open')}</Link>
        </p>
      )}
    </details>
  )
}
