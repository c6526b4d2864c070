import { App, Select } from 'antd'
import { mapColumns } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { Check, ImportView } from './import-view.ts'

type Name = Check['names'][number]
const BLANK = 'blank'

/** Words that name nobody here, each once with its number of rows: what it means, or that it stays empty. */
export function NamesPanel({ view, check }: { view: ImportView; check: Check }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const save = useAction(mapColumns)
  if (check.names.length === 0) return null
  const choose = ({ field, value }: Name, chosen: string | undefined) => {
    const others = view.options.names.filter((one) => one.field !== field || one.value !== value)
    const names = chosen === undefined ? others : [...others, { field, value, id: chosen === BLANK ? null : chosen }]
    void save
      .mutateAsync({ params: { id: view.id }, body: { options: { names } } })
      .catch((error: ApiProblem) => message.error(problemSentence(error)))
  }
  const itemsOf = (name: Name) => check.candidates.find((one) => one.field === name.field)?.items ?? []
  return (
    <Panel title={words('namesTitle')} sub={words('namesSub')}>
      <div className="stack">
        {check.names.map((name) => (
          <div key={`${name.field} ${name.value}`} className="import-name">
            <span>
              {words(`fields.${name.field}`)} <b>{name.value}</b>{' '}
              <span className="small muted">{words('nameRows', { count: name.rows })}</span>
            </span>
            <Select
              aria-label={words('nameChoice', { value: name.value })}
              placeholder={words('choose')}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              loading={save.isPending}
              value={name.choice === 'open' ? undefined : name.choice === 'blank' ? BLANK : (name.id ?? undefined)}
              options={[{ value: BLANK, label: words('leaveBlank') }, ...itemsOf(name).map(({ id, label }) => ({ value: id, label }))]}
              onChange={(chosen: string | undefined) => choose(name, chosen)}
            />
          </div>
        ))}
        <span className="row wrap">
          {check.names.some((name) => name.field === 'terms') ? <PageLink to={paths.paymentTerms()}>{words('makeTerms')}</PageLink> : null}
          {check.names.some((name) => name.field === 'salesperson') ? (
            <PageLink to={paths.peopleSettings()}>{words('makePeople')}</PageLink>
          ) : null}
        </span>
      </div>
    </Panel>
  )
}
