import { UploadOutlined } from '@ant-design/icons'
import { Fragment } from 'react'
import { importKinds } from '../../../modules/imports/import-fields.ts'
import { listImports } from '../../../modules/imports/imports.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterRow } from '../../ui/filter-row.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords, type Words } from '../../words.ts'
import { statusWord } from './import-steps.tsx'
import './imports.css'

type Row = Answer<typeof listImports>['items'][number]

/** 导入: what came in from files, what is under way, and the door for each kind. */
export function ImportsPage() {
  const words = useWords('imports')
  const { company } = useSession()
  const { values, clear } = useFilters({ stopped: '' })
  const list = useApi(listImports, { query: values.stopped === '' ? {} : { stopped: values.stopped } }, { refreshEveryMs: 5_000 })
  return (
    <>
      <PageHead title={words('title')} meta={words('sub')} />
      <Panel title={words('chooseKind')} sub={words('chooseKindSub')}>
        <div className="import-kinds">
          {importKinds.map((kind) => (
            <Fragment key={kind}>
              <PageLink to={paths.newImport({ kind })} icon={<UploadOutlined />}>
                {words(`kinds.${kind}`)}
              </PageLink>
              <span className="small secondary">{words(`kindsWhy.${kind}`)}</span>
            </Fragment>
          ))}
        </div>
      </Panel>
      {values.stopped === '' ? null : (
        <FilterRow chips={[{ label: words('stoppedOnly'), onRemove: clear }]} onClear={clear}>
          {null}
        </FilterRow>
      )}
      <Panel title={words('recent')} flush className="below">
        <Loaded query={list}>
          {({ items }) => (
            <DataTable<Row>
              name="imports"
              label={words('recent')}
              columns={columnsOf(words, company.timeZone)}
              rowKey={(row) => row.id}
              rows={items}
              to={(row) => paths.import({ id: row.id })}
              phoneRow={(row) => ({
                title: row.fileName,
                amount: row.rows.toLocaleString('en-US'),
                reason: words(`kinds.${row.kind}`),
                mark: <Status word={statusWord(row.status)} plain />,
              })}
              empty={<EmptyState title={words('empty')} text={words('emptyText')} />}
            />
          )}
        </Loaded>
      </Panel>
    </>
  )
}

function columnsOf(words: Words, timeZone: string): Column<Row>[] {
  const count = (value: number) => <span className="amount">{value.toLocaleString('en-US')}</span>
  const after = (row: Row, value: number) => (row.status === 'draft' ? <span className="muted">–</span> : count(value))
  return [
    { key: 'file', title: words('file'), render: (row) => <CutText text={row.fileName} /> },
    { key: 'kind', title: words('kind'), render: (row) => words(`kinds.${row.kind}`) },
    { key: 'status', title: words('state'), render: (row) => <Status word={statusWord(row.status)} plain /> },
    { key: 'rows', title: words('rows'), align: 'right', render: (row) => count(row.rows) },
    { key: 'imported', title: words('importedRows'), align: 'right', render: (row) => after(row, row.imported) },
    { key: 'refused', title: words('refusedRows'), align: 'right', render: (row) => after(row, row.refused) },
    { key: 'by', title: words('by'), render: (row) => row.createdByName ?? '–' },
    {
      key: 'at',
      title: words('at'),
      render: (row) => <InstantText value={row.createdAt} timeZone={timeZone} />,
    },
  ]
}
