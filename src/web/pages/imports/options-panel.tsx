import { App, Checkbox, Radio, Select } from 'antd'
import { mapColumns } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { Check, ImportView } from './import-view.ts'

type Options = ImportView['options']

/** 导入时: what is decided about the rows beside the mapping. A change judges the file anew. */
export function OptionsPanel({ view, check }: { view: ImportView; check: Check }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const save = useAction(mapColumns)
  const set = (options: Partial<Options>) =>
    void save
      .mutateAsync({ params: { id: view.id }, body: { options } })
      .catch((error: ApiProblem) => message.error(problemSentence(error)))
  const { options, kind } = view
  const isDebt = kind === 'openItems' || kind === 'invoices'
  const box = (name: 'createCustomers' | 'createRegions' | 'dueFromTerms' | 'wholeOnly' | 'confirmReceipts', label: string) => (
    <Checkbox checked={options[name]} disabled={save.isPending} onChange={(event) => set({ [name]: event.target.checked })}>
      {label}
    </Checkbox>
  )
  return (
    <Panel title={words('options')}>
      <div className="stack">
        {isDebt ? box('dueFromTerms', words('option.dueFromTerms', { count: check.dueFromTerms })) : null}
        {isDebt
          ? box(
              'createCustomers',
              options.createCustomers
                ? words('option.createCustomersOn', { count: check.newCustomers })
                : words('option.createCustomers', { count: check.unknownCustomers }),
            )
          : null}
        {isDebt && options.createCustomers ? <NewTerms options={options} check={check} disabled={save.isPending} set={set} /> : null}
        {isDebt || kind === 'customers' ? box('createRegions', words('option.createRegions')) : null}
        {kind === 'receipts' ? box('confirmReceipts', words('option.confirmReceipts')) : null}
        {box('wholeOnly', words('option.wholeOnly'))}
        {kind === 'openItems' ? <OpeningOptions options={options} disabled={save.isPending} set={set} /> : null}
      </div>
    </Panel>
  )
}

type Deciding = { options: Options; disabled: boolean; set: (options: Partial<Options>) => void }

/** A customer that is created has no terms of its own from which an empty due day could follow. */
function NewTerms({ options, check, disabled, set }: Deciding & { check: Check }) {
  const words = useWords('imports')
  const terms = check.candidates.find((one) => one.field === 'terms')?.items ?? []
  return (
    <div className="stack">
      <label htmlFor="newTerms">{words('option.newTerms')}</label>
      <Select
        id="newTerms"
        allowClear
        placeholder={words('option.newTermsNone')}
        disabled={disabled}
        value={options.newTermsId ?? undefined}
        options={terms.map(({ id, label }) => ({ value: id, label }))}
        onChange={(chosen: string | undefined) => set({ newTermsId: chosen ?? null })}
      />
    </div>
  )
}

/** What only opening balances ask: the day they enter the books and why it matters, and what becomes of rows below zero. */
function OpeningOptions({ options, disabled, set }: Deciding) {
  const words = useWords('imports')
  return (
    <>
      <div className="stack">
        <label htmlFor="openingOn">{words('option.openingOn')}</label>
        <DayInput
          id="openingOn"
          value={options.openingOn ?? ''}
          disabled={disabled}
          onChange={(day) => day !== '' && set({ openingOn: day as Options['openingOn'] })}
        />
        <span className="small secondary">{words('option.openingWhy')}</span>
      </div>
      <div className="stack">
        <span id="negatives">{words('option.negatives')}</span>
        <Radio.Group
          aria-labelledby="negatives"
          disabled={disabled}
          value={options.negatives}
          onChange={(event) => set({ negatives: event.target.value as Options['negatives'] })}
          options={[
            { value: 'credit', label: words('option.negativesCredit') },
            { value: 'refuse', label: words('option.negativesRefuse') },
          ]}
        />
      </div>
    </>
  )
}
