import { App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { nameMapping } from '../../../modules/imports/import-mappings.api.ts'
import { mapColumns } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { problemSentence, useWords } from '../../words.ts'
import type { ImportView } from './import-view.ts'

/** Mappings that the company has named or that ship with the product, and keeping this one under a name. */
export function MappingChoice({ view }: { view: ImportView }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const [name, setName] = useState<string>()
  const use = useAction(mapColumns)
  const keep = useAction(nameMapping, { onDone: () => setName(undefined) })
  const failed = (error: ApiProblem) => void message.error(problemSentence(error))
  return (
    <span className="row">
      {view.mappings.length === 0 ? null : (
        <Select
          aria-label={words('useMapping')}
          size="small"
          style={{ minWidth: 176 }}
          placeholder={words('useMapping')}
          value={view.mappingName}
          options={view.mappings.map((mapping) => ({
            value: mapping.name,
            label: mapping.fits ? mapping.name : words('mappingPartly', { name: mapping.name }),
          }))}
          onChange={(mapping) => mapping && use.mutateAsync({ params: { id: view.id }, body: { mapping } }).catch(failed)}
        />
      )}
      <Button size="small" onClick={() => setName('')}>
        {words('keepMapping')}
      </Button>
      <Modal
        open={name !== undefined}
        title={words('keepMapping')}
        okText={words('shared:save')}
        cancelText={words('shared:cancel')}
        okButtonProps={{ disabled: (name ?? '').trim() === '', loading: keep.isPending }}
        onCancel={() => setName(undefined)}
        onOk={() => keep.mutateAsync({ params: { id: view.id }, body: { name: (name ?? '').trim() } }).catch(failed)}
      >
        <div className="stack">
          <label htmlFor="mappingName">{words('mappingName')}</label>
          <Input id="mappingName" maxLength={60} value={name ?? ''} onChange={(event) => setName(event.target.value)} />
        </div>
      </Modal>
    </span>
  )
}
