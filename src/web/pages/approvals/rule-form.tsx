import { Input, InputNumber, Select } from 'antd'
import { approvalKinds } from '../../../modules/approvals/approval-events.ts'
import { createRule, editRule } from '../../../modules/approvals/approvals.api.ts'
import { permissionsOf, roles } from '../../../modules/people/roles.ts'
import { useAction } from '../../queries.ts'
import { AmountInput } from '../../ui/amount-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { useWords } from '../../words.ts'
import type { Rule } from './approval-rules-page.tsx'

type Values = {
  name: string
  kind: Rule['kind']
  conditions: { amountFrom?: string; withinDays?: number | null; customerClasses?: string[]; creditResults?: ('pass' | 'warn' | 'hold')[] }
  steps: Rule['steps'][number]['role'][]
}
const deciding = roles.filter((role) => permissionsOf(role).has('approvals.decide'))

export function RuleForm({ rule, onDone }: { rule?: Rule; onDone: () => void }) {
  const words = useWords('approvals')
  const shell = useWords('shell')
  const credit = useWords('credit')
  const create = useAction(createRule)
  const edit = useAction(editRule)
  const submit = async ({ name, kind, conditions, steps }: Values) => {
    const { amountFrom, withinDays, customerClasses = [], creditResults = [] } = conditions
    const body = {
      name,
      kind,
      steps: steps.map((role) => ({ role })),
      conditions: {
        ...(amountFrom ? { amountFrom } : {}),
        ...(withinDays ? { withinDays } : {}),
        ...(customerClasses.length > 0 ? { customerClasses } : {}),
        ...(creditResults.length > 0 ? { creditResults } : {}),
      },
    }
    if (rule)
      await edit.mutateAsync({
        params: { id: rule.id },
        body: { ...body, version: rule.version, position: rule.position, status: rule.status },
      })
    else await create.mutateAsync({ body })
    onDone()
  }
  const initial: Partial<Values> = rule
    ? {
        name: rule.name,
        kind: rule.kind,
        conditions: { ...rule.conditions } as Values['conditions'],
        steps: rule.steps.map(({ role }) => role),
      }
    : { kind: 'order', conditions: {}, steps: ['financeManager'] }
  return (
    <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={words('rule.save')} onCancel={onDone}>
      <FormField name="name" label={words('rule.name')}>
        <Input maxLength={80} />
      </FormField>
      <FormField name="kind" label={words('rule.kind')}>
        <Select disabled={rule !== undefined} options={approvalKinds.map((value) => ({ value, label: words(`kind.${value}`) }))} />
      </FormField>
      <FormField name={['conditions', 'amountFrom']} label={words('rule.amountFrom')} optional>
        <AmountInput />
      </FormField>
      <FormField name={['conditions', 'withinDays']} label={words('rule.withinDays')} optional help={words('rule.withinDaysHelp')}>
        <InputNumber min={0} max={31} />
      </FormField>
      <FormField name={['conditions', 'customerClasses']} label={words('rule.customerClasses')} optional>
        <Select mode="tags" />
      </FormField>
      <FormField name={['conditions', 'creditResults']} label={words('rule.creditResults')} optional>
        <Select mode="multiple" options={['pass', 'warn', 'hold'].map((value) => ({ value, label: credit(`result.${value}`) }))} />
      </FormField>
      <FormField name="steps" label={words('rule.steps')}>
        <Select mode="multiple" options={deciding.map((value) => ({ value, label: shell(`roles.${value}`) }))} />
      </FormField>
    </FormPage>
  )
}
