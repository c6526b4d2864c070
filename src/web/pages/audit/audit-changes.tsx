import { Button } from 'antd'
import { useState } from 'react'
import { getProof } from '../../../modules/company/audit.api.ts'
import { useApi } from '../../queries.ts'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { useWords } from '../../words.ts'
import type { Entry } from './audit-list.tsx'

/** Before and after, field by field, and the proof that this entry was not altered. */
export function AuditChanges({ entry }: { entry: Entry }) {
  const words = useWords('audit')
  const [proving, setProving] = useState(false)
  const fields = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {}), ...Object.keys(entry.detail ?? {})])]
  const name = (field: string) => words(`fields.${field}`, { defaultValue: field })
  return (
    <div className="stack">
      {fields.length === 0 ? (
        <span className="secondary">{words('noChange')}</span>
      ) : (
        <table className="changes">
          <thead>
            <tr>
              <th scope="col">{words('field')}</th>
              <th scope="col">{words('before')}</th>
              <th scope="col">{words('after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{name(field)}</th>
                <td>
                  <Value field={field} value={entry.before?.[field]} />
                </td>
                <td>
                  <Value field={field} value={entry.after?.[field] ?? entry.detail?.[field]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row wrap small secondary">
        <span>
          {words('request')} {entry.requestId ?? '–'}
        </span>
        {entry.sealed ? (
          <Button size="small" onClick={() => setProving(true)}>
            {words('proof')}
          </Button>
        ) : null}
      </div>
      {proving ? <Proof id={entry.id} /> : null}
    </div>
  )
}

function Proof({ id }: { id: string }) {
  const words = useWords('audit')
  const proof = useApi(getProof, { params: { id } })
  return (
    <Loaded query={proof} rows={2}>
      {({ holds, index, size, leaf, root, path }) => (
        <div className="stack">
          <Note tone={holds ? 'success' : 'danger'}>{holds ? words('holds', { index: Number(index) + 1 }) : words('fails')}</Note>
          <KeyValues
            rows={[
              [words('size'), size],
              [
                words('leaf'),
                <code key="leaf" className="hash">
                  {leaf}
                </code>,
              ],
              [
                words('root'),
                <code key="root" className="hash">
                  {root}
                </code>,
              ],
              [words('path'), path.length],
            ]}
          />
        </div>
      )}
    </Loaded>
  )
}

/** Roles and scopes by their words, everything else as it is stored. */
function Value({ field, value }: { field: string; value: unknown }) {
  const shell = useWords('shell')
  const people = useWords('people')
  const status = useWords('shared')
  if (typeof value !== 'string') return shownValue(value)
  if (field === 'role') return shell(`roles.${value}`, { defaultValue: value })
  if (field === 'dataScope') return people(`scopes.${value}`, { defaultValue: value })
  if (field === 'status') return status(`status.${value}`, { defaultValue: value })
  return shownValue(value)
}

/** A stored value as a person reads it: lists and objects as compact text, nothing as a dash. */
function shownValue(value: unknown) {
  if (value === undefined || value === null || value === '') return <span className="muted">–</span>
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.length === 0 ? <span className="muted">–</span> : value.join(', ')
  return typeof value === 'object' ? <code className="hash">{JSON.stringify(value)}</code> : String(value)
}
