import { CloseOutlined, DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { exportAgeingItems, listAgeingItems, type readAgeing } from '../../../modules/ageing/ageing.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { useDownload } from '../../ui/download-button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, useWords } from '../../words.ts'
import { type AgeingValues, baseQuery, type Cell } from './ageing-question.ts'

type Item = Answer<typeof listAgeingItems>['items'][number]
type Props = { cell: Cell; values: AgeingValues; buckets: Answer<typeof readAgeing>['buckets']; onClose: () => void }

/** The documents behind one figure, below the table: the columns one compares with stay in sight. It states its own sum and that it is the figure. */
export function CellItems({ cell, values, buckets, onClose }: Props) {
  const words = useWords('ageing')
  const { may } = useSession()
  const place = useRef<HTMLDivElement>(null)
  const query = { ...baseQuery(values), ...cell.filter, ...(cell.bucket === undefined ? {} : { bucket: cell.bucket }) }
  const list = useList(listAgeingItems, { query })
  const data = list.query.data
  useKeys([{ keys: 'escape', label: words('items.close'), run: onClose, inFields: true }])
  const loaded = data !== undefined
  useEffect(() => {
    if (loaded) place.current?.scrollIntoView({ block: 'nearest' })
  }, [loaded])
  const bucket = buckets.find(({ key }) => key === cell.bucket)
  const { save } = useDownload()
  const label = bucket ? phraseText(bucket.label as Parameters<typeof phraseText>[0]) : words('columns.total')
  return (
    <div ref={place} className="ageing-items">
      <Panel
        flush
        title={`${cell.name} · ${label}`}
        sub={
          data
            ? `${words('items.count', { count: data.total, amount: formatDecimal(data.sum) })}${words('shared:join.comma')}${data.sum === cell.amount ? words('items.equal') : words('items.differs', { amount: `${formatDecimal(data.sum)} ≠ ${formatDecimal(cell.amount)}` })}`
            : undefined
        }
        extra={
          <span className="row">
            <span className="muted small nowrap">
              <KeyHint keys="arrowup arrowdown arrowleft arrowright" /> {words('items.move')} <KeyHint keys="enter" />{' '}
              {words('items.drill')} <KeyHint keys="escape" /> {words('items.close')}
            </span>
            {may('reports.export') ? (
              <Button
                size="small"
                type="text"
                icon={<DownloadOutlined />}
                aria-label={words('items.export')}
                title={words('items.export')}
                onClick={() => void save(exportAgeingItems, { query }, 'items.xlsx')}
              />
            ) : null}
            <Button size="small" type="text" icon={<CloseOutlined />} aria-label={words('items.close')} onClick={onClose} />
          </span>
        }
      >
        <DataTable<Item>
          name="ageing-items"
          label={words('items.title')}
          columns={useColumns(data)}
          rowKey={(item) => `${item.id}${item.dueOn}${item.productName ?? ''}`}
          list={list}
          to={(item) => paths.receivable({ id: item.id })}
          empty={<p className="panel-body secondary">{words('items.count', { count: 0, amount: '0.00' })}</p>}
        />
      </Panel>
    </div>
  )
}

function useColumns(data: Answer<typeof listAgeingItems> | undefined): Column<Item>[] {
  const words = useWords('ageing')
  const foreign = data?.items.some((item) => item.currency !== data.currency) ?? false
  return [
    { key: 'no', title: words('items.no'), render: (item) => <span className="link-like">{item.no ?? item.reference ?? '–'}</span> },
    {
      key: 'customer',
      title: words('items.customer'),
      render: (item) => (
        <span className="cut" title={item.customerName}>
          {item.customerName}
        </span>
      ),
    },
    {
      key: 'reference',
      title: words('items.reference'),
      choice: 'shown',
      render: (item) => <span className="secondary">{item.reference ?? '–'}</span>,
    },
    { key: 'due', title: words('items.dueOn'), render: (item) => <DayText value={item.dueOn} /> },
    {
      key: 'overdue',
      title: words('items.overdue'),
      render: (item) => (item.overdueDays > 0 ? <Overdue days={item.overdueDays} /> : <span className="muted">–</span>),
    },
    { key: 'salesperson', title: words('items.salesperson'), choice: 'shown', render: (item) => item.salespersonName ?? '–' },
    ...(data?.items.some((item) => item.productName !== null)
      ? [{ key: 'product', title: words('items.product'), render: (item: Item) => item.productName ?? '–' }]
      : []),
    { key: 'status', title: words('items.status'), render: (item) => (item.disputed ? <Status word="disputed" /> : null) },
    ...(foreign
      ? [
          {
            key: 'amount',
            title: words('items.amount'),
            align: 'right' as const,
            render: (item: Item) => <Amount value={item.amount} currency={item.currency} />,
          },
        ]
      : []),
    {
      key: 'open',
      title: `${words('items.open')}${words('shared:join.brackets', { text: data?.currency ?? '' })}`,
      align: 'right',
      render: (item) => <Amount value={item.open} strong />,
      sum: <Amount value={data?.sum} strong />,
    },
  ]
}
