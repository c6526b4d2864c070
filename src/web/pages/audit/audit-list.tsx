import { Select } from 'antd'
import { getAudit } from '../../../modules/company/audit.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { useList } from '../../lists.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterField, FilterRow } from '../../ui/filter-row.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useEverybody } from '../../ui/people-to-choose.ts'
import { useWords } from '../../words.ts'
import { AuditChanges } from './audit-changes.tsx'

export type Entry = Answer<typeof getAudit>['items'][number]

/** What can be filtered by: the words of the things that leave entries. */
const THINGS = [
  'company',
  'person',
  'apiKey',
  'entity',
  'settings',
  'customer',
  'order',
  'receivable',
  'receipt',
  'allocation',
  'creditAccount',
  'approval',
  'approvalRule',
  'product',
  'terms',
  'period',
  'postingRule',
  'account',
  'import',
  'bankAccount',
  'dunningLadder',
  'dunningRun',
  'dunningCase',
  'dunningTemplate',
  'message',
]

/** Every change, newest first; a row opens to what was before and after. */
export function AuditList() {
  const words = useWords('audit')
  const people = useEverybody()
  const { values, set, clear, active } = useFilters({ tab: 'entries', actorId: '', entity: '', entityId: '', from: '', until: '' })
  const given = Object.fromEntries(Object.entries(values).filter(([name, value]) => name !== 'tab' && value !== ''))
  const list = useList(getAudit, { query: given })
  const nothing =
    active.length > 0 ? (
      <NoResult filters={active.length} onClear={clear} />
    ) : (
      <EmptyState title={words('empty')} text={words('emptyText')} />
    )
  return (
    <>
      <FilterRow
        {...(active.length > 0 ? { onClear: clear } : {})}
        chips={values.entityId === '' ? [] : [{ label: words('thing'), onRemove: () => set({ entityId: '' }) }]}
      >
        <FilterField label={words('person')}>
          <Select
            showSearch
            optionFilterProp="label"
            value={values.actorId}
            onChange={(actorId) => set({ actorId })}
            popupMatchSelectWidth={false}
            options={[{ value: '', label: words('anyone') }, ...people]}
          />
        </FilterField>
        <FilterField label={words('thing')}>
          <Select
            showSearch
            optionFilterProp="label"
            value={values.entity}
            onChange={(entity) => set({ entity })}
            popupMatchSelectWidth={false}
            options={[{ value: '', label: words('anything') }, ...THINGS.map((value) => ({ value, label: words(`entities.${value}`) }))]}
          />
        </FilterField>
        <FilterField label={words('from')}>
          <DayInput value={values.from} onChange={(from) => set({ from })} />
        </FilterField>
        <FilterField label={words('until')}>
          <DayInput value={values.until} onChange={(until) => set({ until })} />
        </FilterField>
      </FilterRow>
      <Panel flush>
        <DataTable<Entry>
          name="audit"
          label={words('title')}
          columns={useColumns()}
          rowKey={(row) => row.id}
          list={list}
          expanded={(row) => <AuditChanges entry={row} />}
          empty={nothing}
        />
      </Panel>
    </>
  )
}

function useColumns(): Column<Entry>[] {
  const words = useWords('audit')
  const { company } = useSession()
  const who = (row: Entry) =>
    row.actorKind === 'system' ? words('system') : `${row.actorName ?? '–'}${row.actorKind === 'apiKey' ? ` · ${words('apiKey')}` : ''}`
  return [
    { key: 'at', title: words('at'), width: 150, render: (row) => <InstantText value={row.at} timeZone={company.timeZone} /> },
    { key: 'who', title: words('who'), render: who },
    { key: 'what', title: words('what'), render: (row) => <b>{words(`actions.${row.action}`, { defaultValue: row.action })}</b> },
    { key: 'thing', title: words('thing'), render: (row) => <Thing entry={row} /> },
    { key: 'ip', title: words('ip'), render: (row) => row.ip ?? <span className="muted">–</span> },
    {
      key: 'sealed',
      title: words('tabSeals'),
      render: (row) => <span className={row.sealed ? 'secondary' : 'muted'}>{words(row.sealed ? 'sealed' : 'unsealed')}</span>,
    },
  ]
}

/** Nobody reads the code of a refusal ('imports.someRefused') as a name. */
const isWord = (said: unknown): said is string => typeof said === 'string' && said !== '' && !/^[a-z]+\.[a-z]\w*$/.test(said)

function Thing({ entry }: { entry: Entry }) {
  const words = useWords('audit')
  const said = entry.after ?? entry.before ?? entry.detail
  const name = entry.no ?? [said?.['name'], entry.detail?.['name'], entry.after?.['code'], said?.['onDay']].find(isWord)
  return (
    <>
      {words(`entities.${entry.entity}`, { defaultValue: entry.entity })}
      {name === undefined ? null : <span className="secondary"> · {name}</span>}
    </>
  )
}
