import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { editRule, listRules } from '../../../modules/approvals/approvals.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { RuleForm } from './rule-form.tsx'
import './approvals.css'

export type Rule = Answer<typeof listRules>['items'][number]

/** 审批规则: what needs whose yes, as data. */
export function ApprovalRulesPage() {
  const words = useWords('approvals')
  const shell = useWords('shell')
  const session = useSession()
  const rules = useApi(listRules)
  const [open, setOpen] = useState<Rule | 'new'>()
  const mayEdit = session.may('approvals.editRules')
  const toggle = useAction(editRule)
  const switchTo = (rule: Rule) => {
    const { id, ...body } = rule
    toggle.mutate({ params: { id }, body: { ...body, status: rule.status === 'active' ? 'off' : 'active' } })
  }
  const columns: Column<Rule>[] = [
    {
      key: 'name',
      title: words('rule.name'),
      render: (rule) =>
        mayEdit ? (
          <Button type="link" className="approval-open" onClick={() => setOpen(rule)}>
            {rule.name}
          </Button>
        ) : (
          rule.name
        ),
    },
    { key: 'kind', title: words('rule.kind'), render: (rule) => words(`kind.${rule.kind}`) },
    { key: 'when', title: words('rule.when'), render: (rule) => <Conditions rule={rule} /> },
    { key: 'steps', title: words('rule.steps'), render: (rule) => rule.steps.map(({ role }) => shell(`roles.${role}`)).join(' → ') },
    {
      key: 'status',
      title: words('rule.status'),
      render: (rule) => (
        <Status
          word={rule.status === 'active' ? 'active' : 'inactive'}
          plain
          text={words(rule.status === 'active' ? 'rule.on' : 'rule.off')}
        />
      ),
    },
    ...(mayEdit
      ? [
          {
            key: 'switch',
            title: '',
            render: (rule: Rule) => (
              <Button size="small" onClick={() => switchTo(rule)}>
                {words(rule.status === 'active' ? 'rule.switchOff' : 'rule.switchOn')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.approvals() }, { label: words('rules') }]}
        title={words('rules')}
        meta={words('rule.help')}
        actions={
          mayEdit ? (
            <Button type="primary" onClick={() => setOpen('new')}>
              {words('rule.new')}
            </Button>
          ) : undefined
        }
      />
      {toggle.error ? <Note tone="danger">{problemSentence(toggle.error)}</Note> : null}
      <Panel flush>
        <Loaded query={rules}>
          {(data) => (
            <DataTable<Rule>
              name="approval-rules"
              label={words('rules')}
              columns={columns}
              rowKey={(rule) => rule.id}
              rows={data.items}
              empty={<EmptyState title={words('rule.empty')} text={words('rule.emptyHelp')} />}
            />
          )}
        </Loaded>
      </Panel>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={words(open === 'new' ? 'rule.new' : 'rule.edit')}
        size={480}
        destroyOnHidden
      >
        {open === undefined ? null : <RuleForm {...(open === 'new' ? {} : { rule: open })} onDone={() => setOpen(undefined)} />}
      </Drawer>
    </>
  )
}

function Conditions({ rule }: { rule: Rule }) {
  const words = useWords('approvals')
  const credit = useWords('credit')
  const { amountFrom, withinDays = 0, customerClasses, creditResults } = rule.conditions
  const parts = [
    amountFrom === undefined
      ? ''
      : withinDays > 0
        ? words('rule.together', { days: withinDays, amount: formatDecimal(amountFrom) })
        : words('rule.amount', { amount: formatDecimal(amountFrom) }),
    customerClasses ? words('rule.classes', { classes: customerClasses.join(words('shared:join.names')) }) : '',
    creditResults
      ? words('rule.credit', { results: creditResults.map((result) => credit(`result.${result}`)).join(words('shared:join.names')) })
      : '',
  ].filter((text) => text !== '')
  return <>{parts.length === 0 ? words('rule.always') : parts.join(words('shared:join.clauses'))}</>
}
