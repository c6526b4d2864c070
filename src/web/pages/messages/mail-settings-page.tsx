import { App, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type MailSecurity, mailSecurities } from '../../../modules/messages/mail-security.ts'
import { getMailSettings, putMailSettings } from '../../../modules/messages/mail-settings.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useWords } from '../../words.ts'
import { SendingPanel } from './sending-panel.tsx'
import { TestPanel } from './test-panel.tsx'

export type ShownMailSettings = Answer<typeof getMailSettings>
type Values = {
  host: string
  port: number
  security: MailSecurity
  user?: string
  password?: string
  senderName: string
  senderAddress: string
  replyTo?: string
  perMinute: number
}

/** 发信设置: the mail server at the left; test and switch at the right. */
export function MailSettingsPage() {
  const words = useWords('messages')
  const settings = useApi(getMailSettings)
  return (
    <Loaded query={settings}>
      {(shown) => (
        <>
          <PageHead title={words('settings.title')} meta={words('settings.meta')} />
          <div className="split">
            <Server key={shown.version} settings={shown} />
            <SendingAndTest settings={shown} />
          </div>
        </>
      )}
    </Loaded>
  )
}

/** A test that has just failed is told again before sending is switched on; another server is another matter. */
function SendingAndTest({ settings }: { settings: ShownMailSettings }) {
  const [failedAt, setFailedAt] = useState<number>()
  return (
    <div className="stack">
      <SendingPanel settings={settings} testFailed={failedAt === settings.version} />
      <TestPanel settings={settings} onEnd={(accepted) => setFailedAt(accepted ? undefined : settings.version)} />
    </div>
  )
}

function Server({ settings }: { settings: ShownMailSettings }) {
  const words = useWords('messages')
  const shared = useWords('shared')
  const { message } = App.useApp()
  const save = useAction(putMailSettings, { onDone: () => void message.success(words('settings.saved')) })
  const { host, port, security, user, senderName, senderAddress, replyTo, perMinute, version, hasPassword } = settings
  const submit = ({ password, user: name = '', replyTo: answers = '', ...values }: Values) =>
    save.mutateAsync({ body: { ...values, user: name, replyTo: answers, version, ...(password ? { password } : {}) } })
  return (
    <FormPage<Values>
      initial={{ host, port, security, user, senderName, senderAddress, replyTo, perMinute }}
      onSubmit={submit}
      submitLabel={shared('save')}
    >
      <FormSection title={words('settings.server')} columns={2}>
        <FormField name="host" label={words('settings.host')} wide>
          <Input maxLength={253} placeholder="smtp.example.com" autoComplete="off" />
        </FormField>
        <FormField name="security" label={words('settings.security')} help={<SecurityHelp />}>
          <Select options={mailSecurities.map((value) => ({ value, label: words(`settings.securities.${value}`) }))} />
        </FormField>
        <FormField name="port" label={words('settings.port')} help={words('settings.portHelp')}>
          <InputNumber min={1} max={65_535} controls={false} />
        </FormField>
        <FormField name="user" label={words('settings.user')} optional>
          <Input maxLength={254} autoComplete="off" />
        </FormField>
        <FormField
          name="password"
          label={words('settings.password')}
          optional
          help={words(hasPassword ? 'settings.passwordKept' : 'settings.passwordSealed')}
        >
          <Input.Password maxLength={500} autoComplete="new-password" />
        </FormField>
      </FormSection>
      <FormSection title={words('settings.sender')} columns={2}>
        <FormField name="senderName" label={words('settings.senderName')}>
          <Input maxLength={120} />
        </FormField>
        <FormField name="senderAddress" label={words('settings.senderAddress')}>
          <Input maxLength={254} />
        </FormField>
        <FormField name="replyTo" label={words('settings.replyTo')} help={words('settings.replyToHelp')} optional>
          <Input maxLength={254} />
        </FormField>
        <FormField name="perMinute" label={words('settings.perMinute')} help={words('settings.perMinuteHelp')}>
          <InputNumber min={1} max={6_000} controls={false} />
        </FormField>
      </FormSection>
    </FormPage>
  )
}

/** A certificate only concerns a connection that is protected. */
function SecurityHelp() {
  const words = useWords('messages')
  const security = Form.useWatch('security')
  return words(security === 'none' ? 'settings.securityNone' : 'settings.securityHelp')
}
