import { App, Button, Select } from 'antd'
import { mapColumns } from '../../../modules/imports/imports.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { Check, ImportView } from './import-view.ts'
import { useChoices } from './use-choices.ts'

type Name = Check['names'][number]
const BLANK = 'blank'

/** Words that name nobody here, each once with its number of rows: what it means, or that it stays empty. */
export function NamesPanel({ view, check, onInvite }: { view: ImportView; check: Check; onInvite: (names: readonly string[]) => void }) {
  const words = useWords('imports')
  const { message } = App.useApp()
  const { may } = useSession()
  const save = useAction(mapColumns)
  const known = useChoices(view.options.names, (names) =>
    save.mutateAsync({ params: { id: view.id }, body: { options: { names } } }).catch((error: ApiProblem) => {
      message.error(problemSentence(error))
      throw error
    }),
  )
  if (check.names.length === 0) return null
  const choose = ({ field, value }: Name, chosen: string | undefined) =>
    void known.change((before) => {
      const others = before.filter((one) => one.field !== field || one.value !== value)
      return chosen === undefined ? others : [...others, { field, value, id: chosen === BLANK ? null : chosen }]
    })
  const nobodys = check.names.filter(({ field, choice }) => field === 'salesperson' && choice === 'open').map(({ value }) => value)
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
          {may('people.edit') && nobodys.length > 0 ? (
            <Button onClick={() => onInvite(nobodys)}>{words('invite.open', { count: nobodys.length })}</Button>
          ) : null}
        </span>
      </div>
    </Panel>
  )
}
