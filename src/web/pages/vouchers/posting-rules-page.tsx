import { Button } from 'antd'
import { useState } from 'react'
import { getPostingRules, listAccounts } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { usePreferences } from '../../preferences.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { AccountCodesDialog, PostingRuleDialog } from './posting-rule-dialogs.tsx'

export type Rules = Answer<typeof getPostingRules>
export type Rule = Rules['rules'][number]

/** 记账规则: what each event posts, and the accounts behind the names of the rules. */
export function PostingRulesPage() {
  const words = useWords('vouchers')
  const { may } = useSession()
  const [rule, setRule] = useState<Rule>()
  const [codes, setCodes] = useState<Rules>()
  const query = useApi(getPostingRules)
  return (
    <>
      <PageHead
        title={words('postingRules')}
        actions={
          may('vouchers.editRules') ? (
            <Button disabled={query.data === undefined} onClick={() => setCodes(query.data)}>
              {words('editCodes')}
            </Button>
          ) : null
        }
      />
      <div className="below">
        <Note tone="info">{words('ruleNote')}</Note>
      </div>
      <Loaded query={query} rows={12}>
        {(data) => (
          <div className="halves">
            <div className="stack">
              {data.rules.map((one) => (
                <RulePanel key={one.kind} rule={one} rules={data} onEdit={() => setRule(one)} />
              ))}
            </div>
            <CodesPanel rules={data} />
            {rule ? <PostingRuleDialog rule={rule} onClose={() => setRule(undefined)} /> : null}
            {codes ? <AccountCodesDialog rules={codes} onClose={() => setCodes(undefined)} /> : null}
          </div>
        )}
      </Loaded>
    </>
  )
}

function RulePanel({ rule, rules, onEdit }: { rule: Rule; rules: Rules; onEdit: () => void }) {
  const words = useWords('vouchers')
  const { may } = useSession()
  const codes = new Map(rules.accountCodes.codes.map((one) => [one.key, one.code]))
  type Line = Rule['lines'][number]
  const columns: Column<Line>[] = [
    { key: 'side', title: words('sideTitle'), render: (line) => words(`side.${line.side}`) },
    { key: 'account', title: words('account'), render: (line) => `${codes.get(line.account)} ${words(`keys.${line.account}`)}` },
    { key: 'component', title: words('component'), render: (line) => words(`components.${line.component}`) },
    { key: 'ofCustomer', title: words('ofCustomer'), render: (line) => (line.ofCustomer ? '✓' : '') },
  ]
  return (
    <Panel
      title={words(`rules.${rule.kind}`)}
      sub={rule.version === 0 ? words('isDefault') : words('version', { version: rule.version })}
      flush
      extra={
        may('vouchers.editRules') ? (
          <Button type="link" size="small" onClick={onEdit}>
            {words('editRule')}
          </Button>
        ) : null
      }
    >
      <DataTable
        name={`posting-rule-${rule.kind}`}
        label={words(`rules.${rule.kind}`)}
        columns={columns}
        rows={rule.lines}
        rowKey={(line) => `${line.side} ${line.account} ${line.component}`}
        empty={null}
      />
    </Panel>
  )
}

function CodesPanel({ rules }: { rules: Rules }) {
  const words = useWords('vouchers')
  const { language } = usePreferences()
  const chart = useApi(listAccounts)
  const names = new Map((chart.data?.items ?? []).map((account) => [account.code, account.name[language] || account.name['zh-CN']]))
  type Code = Rules['accountCodes']['codes'][number]
  const columns: Column<Code>[] = [
    { key: 'key', title: words('use'), render: (row) => words(`keys.${row.key}`) },
    { key: 'code', title: words('account'), render: (row) => `${row.code} ${names.get(row.code) ?? ''}` },
    { key: 'isDefault', title: '', render: (row) => <span className="muted">{row.isDefault ? words('isDefault') : ''}</span> },
  ]
  const { version, codes } = rules.accountCodes
  return (
    <Panel title={words('codesTitle')} sub={version === 0 ? words('isDefault') : words('version', { version })} flush>
      <DataTable name="account-codes" label={words('codesTitle')} columns={columns} rows={codes} rowKey={(row) => row.key} empty={null} />
    </Panel>
  )
}
