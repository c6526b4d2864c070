import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { currencies } from '../../../kernel/currency.ts'
import { type Language, languages } from '../../../kernel/language.ts'
import { timeZones } from '../../../modules/company/time-zones.ts'
import { getSetUp, postSetUp } from '../../../modules/people/set-up.api.ts'
import { languageNames } from '../../frame/language-names.ts'
import { paths } from '../../paths.ts'
import { prefer, usePreferences } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'

type Values = {
  token: string
  companyName: string
  baseCurrency: string
  timeZone: string
  language: Language
  name: string
  email: string
  password: string
}

/** The first visit: one form, then the company stands. The token comes behind # in the printed link, which browsers do not send. */
export function SetUpPage() {
  const words = useWords('people')
  // once the company is sent there is nothing to ask again: the form stays until the next page is there
  const [isSent, setSent] = useState(false)
  const waiting = useApi(getSetUp, {}, { enabled: !isSent })
  if (waiting.data?.waiting === false) {
    return (
      <EmptyState
        title={words('setUp.gone')}
        text={words('setUp.goneText')}
        action={
          <PageLink to={paths.signIn()} look="primary">
            {words('signIn.title')}
          </PageLink>
        }
      />
    )
  }
  return <Loaded query={waiting}>{() => <SetUpForm onSend={setSent} />}</Loaded>
}

function SetUpForm({ onSend }: { onSend: (isSent: boolean) => void }) {
  const words = useWords('people')
  const { language } = usePreferences()
  const navigate = useNavigate()
  const set = useAction(postSetUp)
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''
  const submit = async (values: Values) => {
    onSend(true)
    await set.mutateAsync({ body: values }).catch((error: unknown) => {
      onSend(false)
      throw error
    })
    prefer({ language: values.language })
    window.history.replaceState(null, '', paths.setup())
    await navigate({ to: paths.start() })
  }
  const [form] = Form.useForm<Values>()
  const chosen = useRef(new Set<string>())
  // What nobody has chosen yet goes with the language of the page.
  useEffect(() => {
    for (const [name, value] of Object.entries(usual(language)))
      if (!chosen.current.has(name)) form.setFieldValue(name as keyof Values, value)
  }, [form, language])
  return (
    <>
      <PageHead title={words('setUp.title')} meta={words('setUp.intro')} />
      <FormPage<Values>
        form={form}
        initial={{ token, ...usual(language) }}
        onChange={(changed) => {
          for (const name of Object.keys(changed)) chosen.current.add(name)
        }}
        onSubmit={submit}
        submitLabel={words('setUp.submit')}
      >
        <CompanyFields />
        <FormSection title={words('setUp.administrator')} columns={2}>
          <FormField name="name" label={words('setUp.name')}>
            <Input autoComplete="name" maxLength={100} />
          </FormField>
          <FormField name="email" label={words('setUp.email')}>
            <Input type="email" autoComplete="username" maxLength={254} />
          </FormField>
          <FormField name="password" label={words('setUp.password')} help={words('setUp.passwordHelp')} wide>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </FormField>
          {token === '' ? (
            <FormField name="token" label={words('setUp.token')} help={words('setUp.tokenHelp')} wide>
              <Input autoComplete="off" maxLength={100} />
            </FormField>
          ) : null}
        </FormSection>
      </FormPage>
    </>
  )
}

/** What a company that is founded in this language mostly keeps its books in. */
function usual(language: Language): Pick<Values, 'baseCurrency' | 'timeZone' | 'language'> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const isTaiwan = language === 'zh-TW'
  return {
    baseCurrency: isTaiwan ? 'TWD' : 'CNY',
    timeZone: zone !== 'UTC' && timeZones.includes(zone) ? zone : isTaiwan ? 'Asia/Taipei' : 'Asia/Shanghai',
    language,
  }
}

function CompanyFields() {
  const words = useWords('people')
  return (
    <FormSection title={words('setUp.company')} columns={2}>
      <FormField name="companyName" label={words('setUp.companyName')} wide>
        <Input autoFocus autoComplete="organization" maxLength={200} />
      </FormField>
      <FormField name="baseCurrency" label={words('setUp.baseCurrency')}>
        <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
      </FormField>
      <FormField name="timeZone" label={words('setUp.timeZone')} help={words('setUp.timeZoneHelp')}>
        <Select showSearch options={timeZones.map((value) => ({ value, label: value }))} />
      </FormField>
      <FormField name="language" label={words('setUp.language')}>
        <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
      </FormField>
    </FormSection>
  )
}
