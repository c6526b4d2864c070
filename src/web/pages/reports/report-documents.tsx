import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { listReportDocuments } from '../../../modules/reports/reports.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { type Figure, type ReportValues, reportQuery } from './report-question.ts'

type Documents = Answer<typeof listReportDocuments>
type Document = Documents['items'][number]
type Props = { reportKey: string; values: ReportValues; figure: Figure; onClose: () => void }

/** The documents behind one figure, below the table. It states its own sum and that it is the figure. */
export function ReportDocuments({ reportKey, values, figure, onClose }: Props) {
  const words = useWords('reports')
  const place = useRef<HTMLDivElement>(null)
  const query = { ...reportQuery(values, false), column: figure.column, ...(figure.row === undefined ? {} : { row: figure.row }) }
  const list = useList(listReportDocuments, { params: { key: reportKey }, query })
  const data = list.query.data
  useKeys([{ keys: 'escape', label: words('page.close'), run: onClose, inFields: true }])
  const loaded = data !== undefined
  useEffect(() => {
    if (loaded) place.current?.scrollIntoView({ block: 'nearest' })
  }, [loaded])
  return (
    <div ref={place} className="report-documents">
      <Panel
        flush
        title={`${figure.name} · ${figure.title}`}
        sub={
          data
            ? `${words('page.documents', { count: data.total, sum: formatDecimal(data.sum) })}${words('shared:join.comma')}${proof(data, figure, words)}`
            : undefined
        }
        extra={<Button size="small" type="text" icon={<CloseOutlined />} aria-label={words('page.close')} onClick={onClose} />}
      >
        <DataTable<Document>
          name="report-documents"
          label={words('page.documentsTitle')}
          columns={useColumns(data)}
          rowKey={(item) => item.id}
          list={list}
          to={(item) => pageOf(item)}
          phoneRow={(item) => ({
            title: item.no ?? '–',
            amount: <Amount value={item.figure} />,
            reason: item.customerName,
            mark: <DayText value={item.onDay} />,
          })}
          empty={<p className="panel-body secondary">{words('page.documents', { count: 0, sum: '0.00' })}</p>}
        />
      </Panel>
    </div>
  )
}

function proof({ sum }: Documents, { value }: Figure, words: (key: string, params?: Record<string, string>) => string): string {
  return sum === String(value)
    ? words('page.equal')
    : words('page.differs', { sum: formatDecimal(sum), figure: formatDecimal(String(value)) })
}

function pageOf({ kind, id }: Document): string {
  if (kind === 'receipt') return paths.receipt({ id })
  return kind === 'order' ? paths.order({ id }) : paths.receivable({ id })
}

function useColumns(data: Documents | undefined): Column<Document>[] {
  const words = useWords('reports')
  const foreign = data?.items.some((item) => item.currency !== data.currency) ?? false
  return [
    { key: 'no', title: words('page.number'), render: (item) => <span className="link-like">{item.no ?? '–'}</span> },
    { key: 'kind', title: words('page.kind'), render: (item) => words(`dimensions.${item.kind}`) },
    { key: 'day', title: words('page.day'), render: (item) => <DayText value={item.onDay} /> },
    { key: 'customer', title: words('columns.customer'), render: (item) => <span className="cut">{item.customerName ?? '–'}</span> },
    ...(foreign
      ? [
          {
            key: 'own',
            title: words('columns.ownAmount'),
            align: 'right' as const,
            render: (item: Document) => <Amount value={item.own} currency={item.currency} />,
          },
        ]
      : []),
    {
      key: 'figure',
      title:
        data?.figureIs === 'count'
          ? words('columns.count')
          : `${words('page.inFigure')}${words('shared:join.brackets', { text: data?.currency ?? '' })}`,
      align: 'right',
      render: (item) => <Amount value={item.figure} strong />,
      sum: <Amount value={data?.sum} strong />,
    },
  ]
}
