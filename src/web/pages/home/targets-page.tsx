import { App, Form, InputNumber } from 'antd'
import { getSettings, putSettings } from '../../../modules/company/company.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Stored = Answer<typeof getSettings>
/** Per cent and whole units of the base currency, as a person writes them. */
type Values = { collectionsPerMonth?: string; overdueShare?: number | null; dsoDays?: number | null }

/** 目标: what the home page holds the figures against. */
export function TargetsPage() {
  const words = useWords('home')
  const stored = useApi(getSettings, { params: { key: 'targets' } })
  return (
    <div className="form-width">
      <PageHead title={words('targets.title')} meta={words('targets.meta')} />
      <Loaded query={stored}>{(found) => <TargetsForm key={found.version} stored={found} />}</Loaded>
    </div>
  )
}

function TargetsForm({ stored }: { stored: Stored }) {
  const words = useWords('home')
  const { may } = useSession()
  const { message } = App.useApp()
  const save = useAction(putSettings, { onDone: () => void message.success(words('targets.saved')) })
  const { collectionsPerMonth, overdueShareBasisPoints, dsoDays } = stored.value as {
    collectionsPerMonth: string | null
    overdueShareBasisPoints: number | null
    dsoDays: number | null
  }
  const initial: Values = {
    collectionsPerMonth: collectionsPerMonth ?? '',
    overdueShare: overdueShareBasisPoints === null ? null : overdueShareBasisPoints / 100,
    dsoDays,
  }
  const submit = (values: Values) =>
    save.mutateAsync({
      params: { key: 'targets' },
      body: {
        value: {
          collectionsPerMonth: values.collectionsPerMonth || null,
          overdueShareBasisPoints: values.overdueShare == null ? null : Math.round(values.overdueShare * 100),
          dsoDays: values.dsoDays ?? null,
        },
        version: stored.version,
      },
    })
  const fields = <Fields />
  if (!may('vouchers.editRules'))
    return (
      <Form disabled layout="vertical" initialValues={initial}>
        {fields}
      </Form>
    )
  return (
    <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={words('shared:save')}>
      {fields}
    </FormPage>
  )
}

function Fields() {
  const words = useWords('home')
  const { company } = useSession()
  return (
    <Panel>
      <FormField
        name="collectionsPerMonth"
        label={`${words('targets.collectionsPerMonth')}${words('shared:join.brackets', { text: company.baseCurrency })}`}
        optional
      >
        <AmountInput decimals={0} />
      </FormField>
      <FormField name="overdueShare" label={words('targets.overdueShare')} optional>
        <InputNumber min={0} max={100} precision={2} style={{ width: 240 }} />
      </FormField>
      <FormField name="dsoDays" label={words('targets.dsoDays')} optional>
        <InputNumber min={1} max={999} precision={0} style={{ width: 240 }} />
      </FormField>
    </Panel>
  )
}
