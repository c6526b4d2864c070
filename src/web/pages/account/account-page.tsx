import { App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type Language, languages } from '../../../kernel/language.ts'
import { getAccount, postPassword, putAccount } from '../../../modules/people/sign-in.api.ts'
import type { Answer } from '../../api.ts'
import { languageNames } from '../../frame/language-names.ts'
import { prefer } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { AppearancePanel } from './appearance-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { TotpPanel } from './totp-panel.tsx'

type Account = Answer<typeof getAccount>

/** What everybody may do for themselves: name, language, password, second factor, devices. */
export function AccountPage() {
  const words = useWords('people')
  const account = useApi(getAccount)
  return (
    <Loaded query={account}>
      {(own) => (
        <>
          <PageHead title={words('account.title')} meta={own.email} />
          <div className="split">
            <div className="stack">
              <AboutMe account={own} />
            </div>
            <div className="stack">
              <Password />
              <TotpPanel isOn={own.totp} />
              <AppearancePanel />
              <SessionsPanel />
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}

function AboutMe({ account: { name, phone, language } }: { account: Account }) {
  const words = useWords('people')
  const { message } = App.useApp()
  const save = useAction(putAccount, { onDone: () => void message.success(words('account.saved')) })
  const submit = async (values: { name: string; phone?: string; language: Language }) => {
    await save.mutateAsync({ body: { ...values, phone: values.phone ? values.phone : null } })
    prefer({ language: values.language })
  }
  return (
    <FormPage<{ name: string; phone?: string; language: Language }>
      initial={{ name, language, ...(phone ? { phone } : {}) }}
      onSubmit={submit}
      submitLabel={words('account.save')}
    >
      <FormSection title={words('account.person')} columns={2}>
        <FormField name="name" label={words('edit.name')}>
          <Input maxLength={100} />
        </FormField>
        <FormField name="phone" label={words('edit.phone')} optional>
          <Input maxLength={40} />
        </FormField>
        <FormField name="language" label={words('edit.language')} help={words('account.appearanceHelp')} wide>
          <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
        </FormField>
      </FormSection>
    </FormPage>
  )
}

function Password() {
  const words = useWords('people')
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const done = () => {
    setOpen(false)
    void message.success(words('account.changed'))
  }
  const change = useAction(postPassword, { onDone: done })
  return (
    <Panel title={words('account.password')}>
      <Button onClick={() => setOpen(true)}>{words('account.change')}</Button>
      <Modal open={open} footer={null} title={words('account.change')} onCancel={() => setOpen(false)} destroyOnHidden>
        <FormPage<{ current: string; next: string }>
          initial={{}}
          onSubmit={(body) => change.mutateAsync({ body })}
          submitLabel={words('account.change')}
          onCancel={() => setOpen(false)}
        >
          <FormField name="current" label={words('account.current')}>
            <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
          </FormField>
          <FormField name="next" label={words('account.next')} help={words('setUp.passwordHelp')}>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </FormField>
        </FormPage>
      </Modal>
    </Panel>
  )
}
