import { useBlocker } from '@tanstack/react-router'
import { Form, type FormInstance } from 'antd'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem } from '../api-problem.ts'
import type { FormDraft } from '../use-form-draft.ts'
import { problemSentence, useWords } from '../words.ts'
import { DraftNote } from './draft-note.tsx'
import { type FieldName, fieldErrors } from './field-errors.ts'
import { SaveBar } from './save-bar.tsx'

type Failure = { sentence: string; code: string }
type Registry = { add: (name: string) => () => void }
const FieldRegistry = createContext<Registry>({ add: () => () => {} })

/**
 * A form with the product's manners: labels above, the server's issues at their fields with the first one in focus, all input kept when
 * saving fails, Ctrl Enter saves. With a `draft` everything typed is kept and offered again; without one, leaving with unsaved input asks.
 * `onSubmit` gets the values and may reject with `ApiProblem`.
 */
export function FormPage<Values extends object>(props: {
  initial: Partial<Values>
  onSubmit: (values: Values) => Promise<unknown>
  submitLabel: string
  onCancel?: () => void
  form?: FormInstance<Values>
  onChange?: (changed: Partial<Values>, all: Values) => void
  consequence?: ReactNode
  otherActions?: ReactNode
  draft?: FormDraft<Values>
  children: ReactNode
}) {
  const { initial, onSubmit, submitLabel, onCancel, onChange, consequence, otherActions, draft, children } = props
  const [ownForm] = Form.useForm<Values>()
  const form = props.form ?? ownForm
  const words = useWords('shared')
  const [fields] = useState(() => new Set<string>())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const registry = useMemo(() => fieldRegistry(fields), [fields])
  const unsaved = useRef(false)
  useBlocker({
    shouldBlockFn: () => unsaved.current && !window.confirm(words('form.leave')),
    enableBeforeUnload: () => unsaved.current,
  })
  const typed = () => {
    unsaved.current = draft === undefined
    draft?.write(form.getFieldsValue(true) as Values)
  }
  const restore = (values: Values) => {
    form.setFieldsValue(values as Parameters<typeof form.setFieldsValue>[0])
    onChange?.(values, values)
  }
  const submit = async () => {
    setBusy(true)
    setFailure(undefined)
    // The page may lead on as soon as it is saved: from here on leaving is fine, until saving fails.
    unsaved.current = false
    try {
      // Everything, also what an unmounted part of the form holds.
      await onSubmit(form.getFieldsValue(true) as Values)
      draft?.done()
    } catch (error) {
      unsaved.current = draft === undefined
      if (!(error instanceof ApiProblem)) throw error
      setFailure(showIssues(form, error, fields, (count) => words('form.toCorrect', { count })))
    } finally {
      setBusy(false)
    }
  }
  return (
    <FieldRegistry value={registry}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={initial}
        onFinish={() => void submit()}
        onFinishFailed={({ errorFields }) => {
          setFailure({ sentence: words('form.toCorrect', { count: errorFields.length }), code: '' })
          if (errorFields[0]) form.scrollToField(errorFields[0].name, { focus: true })
        }}
        onValuesChange={(changed, all) => {
          typed()
          onChange?.(changed as Partial<Values>, all)
        }}
      >
        {draft?.offer ? (
          <div className="form-draft">
            <DraftNote draft={draft} onRestore={restore} />
          </div>
        ) : null}
        {children}
        <SaveBar
          label={submitLabel}
          busy={busy}
          onSave={() => form.submit()}
          {...(onCancel ? { onCancel } : {})}
          failure={failure}
          other={otherActions}
        >
          {consequence}
        </SaveBar>
      </Form>
    </FieldRegistry>
  )
}

/** Tells the form that this name has a place on screen; `FormField` does it, a control of your own may. */
export function useRegisteredField(name: string): void {
  const registry = use(FieldRegistry)
  useEffect(() => registry.add(name), [registry, name])
}

function fieldRegistry(fields: Set<string>): Registry {
  return {
    add: (name) => {
      fields.add(name)
      return () => fields.delete(name)
    },
  }
}

/** Puts the sentences at their fields, moves focus to the first, and gives what the bar says: the code only where no field says what is wrong. */
function showIssues(form: FormInstance, problem: ApiProblem, fields: ReadonlySet<string>, toCorrect: (count: number) => string): Failure {
  const { errors, rest } = fieldErrors(problem.issues, fields)
  form.setFields(errors as { name: FieldName; errors: string[] }[])
  const first = errors[0]
  if (first) form.scrollToField(first.name, { focus: true, block: 'center' })
  if (errors.length === 0 && rest.length === 0) return { sentence: problemSentence(problem), code: problem.code }
  const sentence = [errors.length > 0 ? toCorrect(errors.length) : '', ...rest].filter((text) => text !== '').join(' ')
  return { sentence, code: errors.length > 0 ? '' : problem.code }
}
