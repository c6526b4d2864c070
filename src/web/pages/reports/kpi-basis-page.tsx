import { App, Form, Radio } from 'antd'
import { getSettings, putSettings } from '../../../modules/company/company.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Stored = Answer<typeof getSettings>
type Values = { vatBasis: 'gross' | 'net'; yearDays: 365 | 360 }

/** 指标口径: with or without VAT, and how many days a year has, for DSO, turnover and what the home page shows of them. */
export function KpiBasisPage() {
  const words = useWords('reports')
  const stored = useApi(getSettings, { params: { key: 'reports' } })
  return (
    <div className="form-width">
      <PageHead crumbs={[{ label: words('page.title'), to: paths.reports() }]} title={words('basis.title')} meta={words('basis.meta')} />
      <Loaded query={stored}>{(found) => <BasisForm key={found.version} stored={found} />}</Loaded>
    </div>
  )
}

function BasisForm({ stored }: { stored: Stored }) {
  const words = useWords('reports')
  const { may } = useSession()
  const { message } = App.useApp()
  const save = useAction(putSettings, { onDone: () => void message.success(words('basis.saved')) })
  const initial = stored.value as Values
  if (!may('vouchers.editRules'))
    return (
      <Form disabled layout="vertical" initialValues={initial}>
        <Fields />
      </Form>
    )
  return (
    <FormPage<Values>
      initial={initial}
      onSubmit={(value) =>
        save.mutateAsync({ params: { key: 'reports' }, body: { value: { ...stored.value, ...value }, version: stored.version } })
      }
      submitLabel={words('shared:save')}
    >
      <Fields />
    </FormPage>
  )
}

function Fields() {
  const words = useWords('reports')
  return (
    <Panel>
      <FormField name="vatBasis" label={words('basis.vatBasis')} help={words('basis.vatHelp')}>
        <Radio.Group options={(['gross', 'net'] as const).map((value) => ({ value, label: words(`basis.vat.${value}`) }))} />
      </FormField>
      <FormField name="yearDays" label={words('basis.yearDays')} help={words('basis.yearHelp')}>
        <Radio.Group options={([365, 360] as const).map((value) => ({ value, label: words('basis.days', { days: value }) }))} />
      </FormField>
    </Panel>
  )
}
