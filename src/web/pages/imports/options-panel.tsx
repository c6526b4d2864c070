import { App, Checkbox } from 'antd'
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
        {isDebt || kind === 'customers' ? box('createRegions', words('option.createRegions')) : null}
        {kind === 'receipts' ? box('confirmReceipts', words('option.confirmReceipts')) : null}
        {box('wholeOnly', words('option.wholeOnly'))}
        {check.unknownSalespeople > 0 ? (
          <span className="small secondary">{words('option.salespeople', { count: check.unknownSalespeople })}</span>
        ) : null}
        {kind === 'openItems' ? (
          <div className="stack">
            <label htmlFor="openingOn">{words('option.openingOn')}</label>
            <DayInput
              id="openingOn"
              value={options.openingOn ?? ''}
              onChange={(day) => day !== '' && set({ openingOn: day as Options['openingOn'] })}
            />
          </div>
        ) : null}
      </div>
    </Panel>
  )
}
