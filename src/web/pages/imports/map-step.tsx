import { ArrowRightOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Select } from 'antd'
import { cancelImport, mapColumns } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords, type Words } from '../../words.ts'
import { ImportSteps } from './import-steps.tsx'
import type { ImportView } from './import-view.ts'
import { MappingChoice } from './mapping-choice.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { TablePlace } from './table-place.tsx'
import { useChoices } from './use-choices.ts'

type MappedColumn = ImportView['columns'][number] & { at: number }
type Chosen = Pick<ImportView['columns'][number], 'field' | 'read'>
type Change = { field?: string | null; read?: MappedColumn['asks'][number] }

/** Step two: their column, its first value, our field, how it is read, and what the person should know. */
export function MapStep({ view, onCheck }: { view: ImportView; onCheck: () => void }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const save = useAction(mapColumns)
  const columns = view.columns.map((column, at) => ({ ...column, at }))
  const chosen = useChoices<readonly Chosen[]>(view.columns, (wanted) =>
    save
      .mutateAsync({
        params: { id: view.id },
        body: { columns: wanted.map(({ field, read }) => ({ field, ...(read === null ? {} : { read }) })) },
      })
      .catch((error: ApiProblem) => {
        message.error(problemSentence(error))
        throw error
      }),
  )
  const change = (at: number, { field, read }: Change) =>
    void chosen.change((before) =>
      before.map((column, place) => {
        if (place === at) return { field: field === undefined ? column.field : field, read: read ?? null }
        // A field has one column: the last choice wins.
        return { field: field !== undefined && field !== null && column.field === field ? null : column.field, read: column.read }
      }),
    )
  const open = columns.filter((column) => column.asks.length > 0 && column.chosen === null)
  const recognised = columns.filter((column) => column.field !== null).length
  return (
    <>
      <ImportSteps
        kind={view.kind}
        at={1}
        meta={<TablePlace view={view} />}
        actions={<Actions view={view} onCheck={onCheck} disabled={view.missing.length > 0 || open.length > 0 || save.isPending} />}
      />
      {view.missing.length > 0 ? (
        <Note tone="warning" lead={words('missingLead', { count: view.missing.length })}>
          {view.missing.map((field) => words(`fields.${field}`)).join(words('listComma'))}
        </Note>
      ) : null}
      <Panel
        title={words('mapTitle')}
        sub={words('mapSub', { count: columns.length, recognised })}
        extra={<MappingChoice view={view} />}
        flush
        className="below"
      >
        <DataTable<MappedColumn>
          name="importColumns"
          label={words('mapTitle')}
          columns={tableColumns(words, view, change)}
          rowKey={(row) => String(row.at)}
          rows={columns}
          empty={null}
        />
      </Panel>
      <PreviewPanel view={view} />
    </>
  )
}

function Actions({ view, onCheck, disabled }: { view: ImportView; onCheck: () => void; disabled: boolean }) {
  const words = useWords('imports')
  const navigate = useNavigate()
  const drop = useAction(cancelImport, { onDone: () => void navigate({ to: paths.newImport({ kind: view.kind }) }) })
  return (
    <>
      <Button onClick={() => drop.mutate({ params: { id: view.id } })}>{words('otherFile')}</Button>
      <Button type="primary" disabled={disabled} onClick={onCheck}>
        {words('steps.check')}
      </Button>
    </>
  )
}

function tableColumns(words: Words, view: ImportView, change: (at: number, change: Change) => void): Column<MappedColumn>[] {
  const options = [
    { value: '', label: words('notImported') },
    ...view.fields.map(({ key, needed }) => ({ value: key, label: needed ? `${words(`fields.${key}`)} *` : words(`fields.${key}`) })),
  ]
  return [
    { key: 'header', title: words('yourColumn'), render: (row) => <b>{row.header}</b> },
    {
      key: 'sample',
      title: words('firstValue'),
      render: (row) => (
        <span className="secondary">
          <CutText text={row.sample || '–'} />
        </span>
      ),
    },
    { key: 'to', title: '', width: 32, render: () => <ArrowRightOutlined className="muted" aria-hidden /> },
    {
      key: 'field',
      title: words('ourField'),
      width: 208,
      render: (row) => (
        <Select
          aria-label={words('fieldOf', { column: row.header })}
          size="small"
          style={{ width: 184 }}
          showSearch
          optionFilterProp="label"
          value={row.field ?? ''}
          options={options}
          onChange={(field) => change(row.at, { field: field === '' ? null : field })}
        />
      ),
    },
    { key: 'how', title: words('howRead'), render: (row) => <HowRead column={row} onRead={(read) => change(row.at, { read })} /> },
    {
      key: 'result',
      title: words('result'),
      align: 'right',
      width: 104,
      render: (row) =>
        row.field === null ? (
          <span className="muted">{words('notImported')}</span>
        ) : (
          <Status word={row.note === null ? 'recognised' : 'warning'} plain />
        ),
    },
  ]
}

function HowRead({ column, onRead }: { column: MappedColumn; onRead: (read: MappedColumn['asks'][number]) => void }) {
  const words = useWords('imports')
  const said = column.note === null ? words(`how.${column.how}`) : words(`notes.${column.note}`, { count: column.count ?? 0 })
  return (
    <span className="row wrap">
      <span className={column.note === null ? 'secondary' : ''}>{said}</span>
      {column.asks.length === 0 ? null : (
        <Select
          aria-label={words('howRead')}
          size="small"
          style={{ minWidth: 176 }}
          value={column.chosen}
          placeholder={words('choose')}
          options={column.asks.map((value) => ({ value, label: words(`how.${value}`) }))}
          onChange={(value) => value && onRead(value as MappedColumn['asks'][number])}
        />
      )}
    </span>
  )
}
