import { Form, InputNumber, Radio, Switch } from 'antd'
import { readSettings, saveSettings } from '../../../modules/credit/credit.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'

type Settings = Answer<typeof readSettings>
/** Shares are stored in basis points and typed in percent. */
const SHARES = ['limitWarnBasisPoints', 'overdueShareWarnBasisPoints', 'overdueShareHoldBasisPoints'] as const
const LINES = ['oldestOverdueWarnDays', 'oldestOverdueHoldDays'] as const

/** How credit is checked: the lines that warn and hold, what happens without a limit, what counts as exposure. An empty line is switched off. */
export function CreditRulesPage() {
  const words = useWords('credit')
  const settings = useApi(readSettings)
  return (
    <>
      <PageHead title={words('page.title')} meta={words('page.meta')} />
      <Loaded query={settings}>{(data) => <RulesForm key={`${data.version} ${data.exposureVersion}`} settings={data} />}</Loaded>
    </>
  )
}

function RulesForm({ settings }: { settings: Settings }) {
  const words = useWords('credit')
  const { may } = useSession()
  const save = useAction(saveSettings)
  const fields = <RuleFields />
  if (!may('credit.hold'))
    return (
      <Form disabled layout="vertical" initialValues={shown(settings)}>
        {fields}
      </Form>
    )
  return (
    <FormPage<Settings>
      initial={shown(settings)}
      onSubmit={(values) =>
        save.mutateAsync({ body: { ...stored(values), version: settings.version, exposureVersion: settings.exposureVersion } })
      }
      submitLabel={words('shared:save')}
      consequence={words('page.consequence')}
    >
      {fields}
    </FormPage>
  )
}

function RuleFields() {
  const words = useWords('credit')
  return (
    <>
      <FormSection title={words('page.lines')} sub={words('page.linesSub')} columns={2}>
        {SHARES.map((name) => (
          <FormField key={name} name={['thresholds', name]} label={words(`page.${name}`)} optional>
            <InputNumber min={0} max={200} suffix="%" />
          </FormField>
        ))}
        {LINES.map((name) => (
          <FormField key={name} name={['thresholds', name]} label={words(`page.${name}`)} optional>
            <InputNumber min={0} max={3_650} />
          </FormField>
        ))}
        <FormField name={['thresholds', 'whenNoLimit']} label={words('page.whenNoLimit')}>
          <Radio.Group options={(['unlimited', 'none'] as const).map((value) => ({ value, label: words(`page.noLimit.${value}`) }))} />
        </FormField>
      </FormSection>
      <FormSection title={words('page.exposure')} sub={words('page.exposureSub')} columns={2}>
        <FormField name={['exposure', 'includeDisputed']} label={words('page.includeDisputed')} valuePropName="checked">
          <Switch />
        </FormField>
        <FormField name={['exposure', 'deductUnallocated']} label={words('page.deductUnallocated')} valuePropName="checked">
          <Switch />
        </FormField>
        <FormField name="orderHorizonDays" label={words('page.orderHorizonDays')} optional help={words('page.horizonHelp')}>
          <InputNumber min={0} max={3_650} />
        </FormField>
      </FormSection>
    </>
  )
}

function shown(settings: Settings): Settings {
  return {
    ...settings,
    thresholds: { ...settings.thresholds, ...Object.fromEntries(SHARES.map((name) => [name, times(settings.thresholds[name], 0.01)])) },
  }
}

function stored({ thresholds, ...settings }: Settings): Settings {
  const lines = Object.fromEntries(LINES.map((name) => [name, thresholds[name] ?? null]))
  return {
    ...settings,
    orderHorizonDays: settings.orderHorizonDays ?? null,
    thresholds: { ...thresholds, ...lines, ...Object.fromEntries(SHARES.map((name) => [name, times(thresholds[name], 100)])) },
  }
}

function times(value: number | null | undefined, factor: number): number | null {
  return value === null || value === undefined ? null : Math.round(value * factor * 100) / 100
}
