import { isCurrency } from '../../../kernel/currency.ts'
import { formatMinor, parseMinor } from '../../../kernel/money.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { ImportView } from './import-view.ts'

type Row = ImportView['preview'][number]

/** The first rows as the program reads them; what it cannot read is said in the cell. */
export function PreviewPanel({ view }: { view: ImportView }) {
  const words = useWords('imports')
  const mapped = view.columns.flatMap((column) => column.field ?? [])
  const typeOf = new Map(view.fields.map(({ key, type }) => [key, type]))
  const columns: Column<Row>[] = [
    { key: 'line', title: words('line'), align: 'right', width: 56, render: (row) => <span className="muted">{row.line}</span> },
    ...mapped.map((field): Column<Row> => {
      const isAmount = typeOf.get(field) === 'amount'
      return {
        key: field,
        title: words(`fields.${field}`),
        ...(isAmount ? { align: 'right' as const } : {}),
        render: (row) => <Cell row={row} field={field} isAmount={isAmount} />,
      }
    }),
  ]
  return (
    <Panel title={words('preview')} sub={words('previewSub', { count: view.preview.length })} flush className="below">
      <DataTable<Row>
        name="importPreview"
        label={words('preview')}
        columns={columns}
        rowKey={(row) => String(row.line)}
        rows={view.preview}
        empty={null}
      />
    </Panel>
  )
}

/** 15802.2 as 15802.20; what its currency cannot hold is shown as it is, for the dry run to refuse. */
function inFull(text: string, currency: string): string {
  const minor = isCurrency(currency) ? parseMinor(text, currency) : undefined
  return minor === undefined ? text : formatMinor(minor, currency)
}

function Cell({ row, field, isAmount }: { row: Row; field: string; isAmount: boolean }) {
  const cell = row.cells.find((one) => one.field === field)
  const { company } = useSession()
  const currency = row.cells.find((one) => one.field === 'currency')?.text || company.baseCurrency
  if (cell === undefined || (cell.text === '' && cell.problem === null)) return <span className="muted">–</span>
  if (cell.problem !== null)
    return (
      <span className="warn" title={cell.problem}>
        {cell.text || cell.problem}
      </span>
    )
  return isAmount ? <Amount value={inFull(cell.text, currency)} /> : <CutText text={cell.text} />
}
