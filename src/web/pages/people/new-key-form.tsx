import { Button, Input } from 'antd'
import { useState } from 'react'
import { postApiKey } from '../../../modules/people/people.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { useWords } from '../../words.ts'
import { presetScopes } from './key-presets.ts'
import { ScopesChoice } from './scopes-choice.tsx'

type Values = { name: string; scopes: string[]; expiresOn?: string }

/** Makes a key; then shows it, once. Only the own permissions are offered. */
export function NewKeyForm({ onClose }: { onClose: () => void }) {
  const words = useWords('people')
  const { permissions, company } = useSession()
  const [key, setKey] = useState<string>()
  const create = useAction(postApiKey, { onDone: (answer) => setKey(answer.key) })
  if (key !== undefined) return <KeyShown value={key} onClose={onClose} />
  const submit = ({ name, scopes, expiresOn }: Values) =>
    create.mutateAsync({ body: { name, scopes, expiresOn: expiresOn ? expiresOn : null } })
  return (
    <FormPage<Values>
      initial={{ scopes: presetScopes('readOnly', permissions) }}
      onSubmit={submit}
      submitLabel={words('keys.create')}
      onCancel={onClose}
    >
      <FormField name="name" label={words('keys.name')} help={words('keys.nameHelp')}>
        <Input autoFocus maxLength={60} />
      </FormField>
      <FormField name="expiresOn" label={words('keys.expiresOn')} optional>
        <DayInput earliest={company.today} />
      </FormField>
      <FormField name="scopes" label={words('keys.scopes')} help={words('keys.scopesHelp')}>
        <ScopesChoice permissions={permissions} />
      </FormField>
    </FormPage>
  )
}

function KeyShown({ value, onClose }: { value: string; onClose: () => void }) {
  const words = useWords('people')
  const shared = useWords('shared')
  const { said, copy } = useCopy()
  return (
    <div className="stack">
      <b>{words('keys.made')}</b>
      <Input.TextArea readOnly autoSize value={value} aria-label={words('keys.made')} onFocus={(event) => event.target.select()} />
      <span className="secondary">{words('keys.madeText')}</span>
      <div className="row">
        <span className="grow" aria-live="polite">
          {said}
        </span>
        <Button onClick={onClose}>{shared('close')}</Button>
        <Button type="primary" onClick={() => void copy(value)}>
          {words('keys.copy')}
        </Button>
      </div>
    </div>
  )
}
