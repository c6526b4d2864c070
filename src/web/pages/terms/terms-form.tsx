import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import type { Issue } from '../../../kernel/problem.ts'
import { type PaymentTerms, rolls, validateTerms } from '../../../modules/terms/payment-terms.ts'
import { createTerms, type listTerms, updateTerms } from '../../../modules/terms/terms.api.ts'
import { termsPresets } from '../../../modules/terms/terms-presets.ts'
import { termsSentence } from '../../../modules/terms/terms-sentence.ts'
import type { Answer } from '../../api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Note } from '../../ui/note.tsx'
import { phraseText, useWords } from '../../words.ts'
import { PartFields } from './part-fields.tsx'
import { TermsPreview } from './terms-preview.tsx'
import { definitionOf, type TermsValues, valuesOf } from './terms-values.ts'

type Stored = Answer<typeof listTerms>['items'][number]

/** Payment terms as parts, with the sentence and the due days live: both come from the rules that open receivables. */
export function TermsForm({ terms, onClose }: { terms: Stored | undefined; onClose: () => void }) {
  const words = useWords('terms')
  const { may } = useSession()
  const start = valuesOf(
    terms
      ? { ...terms, definition: terms.definition as PaymentTerms }
      : { code: '', name: '', status: 'active', definition: termsPresets.daysAfterDelivery(30) },
  )
  const [values, setValues] = useState<TermsValues>(start)
  const create = useAction(createTerms, { onDone: onClose })
  const update = useAction(updateTerms, { onDone: onClose })
  const definition = definitionOf(values)
  const issues = validateTerms(definition)
  const submit = (given: TermsValues) => {
    const body = { code: given.code, name: given.name, definition: definitionOf(given) as never }
    return terms
      ? update.mutateAsync({
          params: { id: terms.id },
          body: { ...body, version: terms.version, status: given.active ? 'active' : 'disabled' },
        })
      : create.mutateAsync({ body })
  }
  const fields = (
    <>
      <FormSection title={terms ? terms.name : words('new')} columns={3}>
        <FormField name="code" label={words('code')}>
          <Input maxLength={40} />
        </FormField>
        <FormField name="name" label={words('name')}>
          <Input maxLength={120} />
        </FormField>
        <FormField name="roll" label={words('roll')}>
          <Select options={rolls.map((value) => ({ value, label: words(`rolls.${value}`) }))} />
        </FormField>
        <FormField name="transitDays" label={words('transitDays')} help={words('transitDaysHelp')}>
          <InputNumber min={0} max={365} />
        </FormField>
        <FormField name="discountPercent" label={words('discountPercent')} optional>
          <Input suffix="%" maxLength={8} />
        </FormField>
        <FormField name="discountDays" label={words('discountDays')} optional>
          <InputNumber min={0} max={365} />
        </FormField>
        {terms ? (
          <FormField name="active" label={words('status')} valuePropName="checked">
            <Switch />
          </FormField>
        ) : null}
      </FormSection>
      <div className="stack terms-parts">
        <PartFields />
        <Meaning definition={definition} issues={issues} />
        {issues.length === 0 ? <TermsPreview definition={definition} /> : null}
      </div>
    </>
  )
  if (!may('terms.edit'))
    return (
      <Form disabled layout="vertical" initialValues={start}>
        {fields}
      </Form>
    )
  return (
    <FormPage<TermsValues>
      initial={start}
      onSubmit={submit}
      submitLabel={words('shared:save')}
      onCancel={onClose}
      onChange={(_, all) => setValues({ ...values, ...all })}
      consequence={words('consequence')}
    >
      {fields}
    </FormPage>
  )
}

function Meaning({ definition, issues }: { definition: PaymentTerms; issues: readonly Issue[] }) {
  const words = useWords('terms')
  if (issues.length > 0)
    return (
      <Note tone="warning">
        {issues.map((issue) => words(`problems.${issue.code.split('.')[1]}`, { ...issue.params })).join(words('shared:join.clauses'))}
      </Note>
    )
  return (
    <Note tone="info" lead={words('meaning')}>
      {termsSentence(definition)
        .map((said) => phraseText(said))
        .join(words('shared:join.clauses'))}
    </Note>
  )
}
