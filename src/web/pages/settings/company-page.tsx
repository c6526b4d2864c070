import { App, Input, Select } from 'antd'
import { currencies } from '../../../kernel/currency.ts'
import { type Language, languages } from '../../../kernel/language.ts'
import { getCompany, putCompany } from '../../../modules/company/company.api.ts'
import { timeZones } from '../../../modules/company/time-zones.ts'
import type { Answer } from '../../api.ts'
import { languageNames } from '../../frame/language-names.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { EntitiesPanel } from './entities-panel.tsx'
import { FourEyesPanel } from './four-eyes-panel.tsx'
import { ModulesPanel } from './modules-panel.tsx'

export type ShownCompany = Answer<typeof getCompany>

/** The company: basics at the left, entities, modules and four eyes at the right. */
export function CompanyPage() {
  const words = useWords('company')
  const { may } = useSession()
  const company = useApi(getCompany)
  const mayEdit = may('company.edit')
  return (
    <Loaded query={company}>
      {(shown) => (
        <>
          <PageHead title={words('page.title')} meta={mayEdit ? shown.name : words('page.readOnly')} />
          <div className="split">
            {mayEdit ? <Basics key={contentOf(shown)} company={shown} /> : <ReadOnly company={shown} />}
            <div className="stack">
              <EntitiesPanel company={shown} mayEdit={mayEdit} />
              <FourEyesPanel company={shown} mayEdit={mayEdit} />
              <ModulesPanel key={shown.modulesOff.join()} company={shown} mayEdit={mayEdit} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}

/** What this form changes: typing stays when another panel of the page saves its own. */
function contentOf({ name, baseCurrency, timeZone, language }: ShownCompany): string {
  return JSON.stringify([name, baseCurrency, timeZone, language])
}

type Values = { name: string; baseCurrency: string; timeZone: string; language: Language }

function Basics({ company }: { company: ShownCompany }) {
  const words = useWords('company')
  const shared = useWords('shared')
  const { message } = App.useApp()
  const save = useAction(putCompany, { onDone: () => void message.success(words('page.saved')) })
  const { name, baseCurrency, timeZone, language, version } = company
  return (
    <FormPage<Values>
      initial={{ name, baseCurrency, timeZone, language }}
      onSubmit={(values) => save.mutateAsync({ body: { ...values, version } })}
      submitLabel={shared('save')}
    >
      <FormSection title={words('page.basics')} columns={2}>
        <FormField name="name" label={words('page.name')} wide>
          <Input maxLength={200} />
        </FormField>
        <FormField
          name="baseCurrency"
          label={words('page.baseCurrency')}
          {...(company.currencyFixed ? { help: words('page.currencyFixed') } : {})}
        >
          <Select showSearch disabled={company.currencyFixed} options={currencies.map((value) => ({ value, label: value }))} />
        </FormField>
        <FormField name="timeZone" label={words('page.timeZone')}>
          <Select showSearch options={timeZones.map((value) => ({ value, label: value }))} />
        </FormField>
        <FormField name="language" label={words('page.language')}>
          <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
        </FormField>
      </FormSection>
    </FormPage>
  )
}

function ReadOnly({ company }: { company: ShownCompany }) {
  const words = useWords('company')
  return (
    <Panel title={words('page.basics')}>
      <KeyValues
        rows={[
          [words('page.name'), company.name],
          [words('page.baseCurrency'), company.baseCurrency],
          [words('page.timeZone'), company.timeZone],
          [words('page.language'), languageNames[company.language]],
        ]}
      />
    </Panel>
  )
}
