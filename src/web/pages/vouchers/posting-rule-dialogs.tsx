import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd'
import { defaultAccountCodes } from '../../../modules/vouchers/chart-of-accounts.ts'
import { componentsOf } from '../../../modules/vouchers/rule-issues.ts'
import { editAccountCodes, editPostingRule, listAccounts } from '../../../modules/vouchers/vouchers.api.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWords } from '../../words.ts'
import type { Rule, Rules } from './posting-rules-page.tsx'

const keys = Object.keys(defaultAccountCodes) as (keyof typeof defaultAccountCodes)[]
type Line = Omit<Rule['lines'][number], 'ofCustomer'> & { ofCustomer?: boolean }

/** A new version of one rule. The server proves that it balances and that the receivables account stays true. */
export function PostingRuleDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const words = useWords('vouchers')
  const shared = useWords('shared')
  const { message } = App.useApp()
  const [form] = Form.useForm<{ lines: Line[]; reason?: string }>()
  const action = useAction(editPostingRule, {
    onDone: () => {
      void message.success(words('saved'))
      onClose()
    },
  })
  const save = ({ lines, reason = '' }: { lines: Line[]; reason?: string }) => {
    const body = {
      version: rule.version,
      reason,
      lines: lines.map(({ ofCustomer, ...line }) => ({ ...line, ...(ofCustomer ? { ofCustomer: true as const } : {}) })),
    }
    action.mutate({ params: { kind: rule.kind }, body })
  }
  return (
    <Modal
      open
      width={760}
      title={words(`rules.${rule.kind}`)}
      okText={shared('save')}
      cancelText={shared('cancel')}
      confirmLoading={action.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ lines: rule.lines }} onFinish={save}>
        <Form.List name="lines">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <RuleLine key={key} name={name} rule={rule} onRemove={() => remove(name)} />
              ))}
              <Button
                icon={<PlusOutlined />}
                onClick={() => add({ side: 'debit', account: 'revenue', component: rule.lines[0]?.component })}
              >
                {words('addLine')}
              </Button>
            </>
          )}
        </Form.List>
        <Form.Item name="reason" label={words('reason')}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
      {action.error ? <ErrorState problem={action.error} /> : null}
      <ul>
        {action.error?.issues.map((issue) => (
          <li key={issue.path + issue.code}>{issue.message}</li>
        ))}
      </ul>
    </Modal>
  )
}

function RuleLine({ name, rule, onRemove }: { name: number; rule: Rule; onRemove: () => void }) {
  const words = useWords('vouchers')
  return (
    <div className="row">
      <Form.Item name={[name, 'side']} noStyle>
        <Select
          aria-label={words('sideTitle')}
          options={(['debit', 'credit'] as const).map((value) => ({ value, label: words(`side.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={[name, 'account']} noStyle>
        <Select className="grow" aria-label={words('account')} options={keys.map((value) => ({ value, label: words(`keys.${value}`) }))} />
      </Form.Item>
      <Form.Item name={[name, 'component']} noStyle>
        <Select
          className="grow"
          aria-label={words('component')}
          options={[...componentsOf(rule.kind)].map((value) => ({ value, label: words(`components.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={[name, 'ofCustomer']} valuePropName="checked" noStyle>
        <Checkbox>{words('ofCustomer')}</Checkbox>
      </Form.Item>
      <Button type="text" icon={<DeleteOutlined />} aria-label={words('removeLine')} onClick={onRemove} />
    </div>
  )
}

/** Other accounts behind the names of the rules. What equals its default stays the default. */
export function AccountCodesDialog({ rules, onClose }: { rules: Rules; onClose: () => void }) {
  const words = useWords('vouchers')
  const shared = useWords('shared')
  const { message } = App.useApp()
  const { language } = usePreferences()
  const chart = useApi(listAccounts)
  const [form] = Form.useForm<Record<string, string>>()
  const action = useAction(editAccountCodes, {
    onDone: () => {
      void message.success(words('saved'))
      onClose()
    },
  })
  const options = (chart.data?.items ?? [])
    .filter((account) => account.status === 'active')
    .map((account) => ({ value: account.code, label: `${account.code} ${account.name[language] || account.name['zh-CN']}` }))
  const initial = Object.fromEntries(rules.accountCodes.codes.map((one) => [one.key, one.code]))
  const save = (values: Record<string, string>) => {
    const codes = keys.filter((key) => values[key] !== defaultAccountCodes[key]).map((key) => ({ key, code: values[key]! }))
    action.mutate({ body: { version: rules.accountCodes.version, codes } })
  }
  return (
    <Modal
      open
      title={words('codesTitle')}
      okText={shared('save')}
      cancelText={shared('cancel')}
      confirmLoading={action.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={save}>
        {keys.map((key) => (
          <Form.Item key={key} name={key} label={words(`keys.${key}`)}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
          </Form.Item>
        ))}
      </Form>
      {action.error ? <ErrorState problem={action.error} /> : null}
    </Modal>
  )
}
