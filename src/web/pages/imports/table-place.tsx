import { App, Select } from 'antd'
import { placeTable } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { problemSentence, useWords } from '../../words.ts'
import type { ImportView } from './import-view.ts'

const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16le'] as const

/** File, sheet or encoding, rows, header row: said in one line; the sheet and the encoding may be changed, and the file is read anew. */
export function TablePlace({ view }: { view: ImportView }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const place = useAction(placeTable)
  const change = (body: { sheet?: string; encoding?: (typeof ENCODINGS)[number] }) =>
    place.mutateAsync({ params: { id: view.id }, body }).catch((error: ApiProblem) => message.error(problemSentence(error)))
  return (
    <span className="row wrap">
      <span>{view.fileName}</span>
      {view.fileKind === 'xlsx' ? (
        <Select
          aria-label={words('sheet')}
          size="small"
          loading={place.isPending}
          value={view.sheet}
          options={view.sheets.map(({ name }) => ({ value: name, label: words('sheetNamed', { name }) }))}
          onChange={(sheet) => void change({ sheet })}
          style={{ minWidth: 140 }}
        />
      ) : (
        <Select
          aria-label={words('encoding')}
          size="small"
          loading={place.isPending}
          value={view.encoding}
          options={ENCODINGS.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(encoding) => void change({ encoding: encoding as (typeof ENCODINGS)[number] })}
          style={{ minWidth: 120 }}
        />
      )}
      <span>{words('placeMeta', { count: view.rows, line: view.headerLine })}</span>
    </span>
  )
}
