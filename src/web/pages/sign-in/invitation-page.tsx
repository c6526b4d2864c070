import { useNavigate, useParams } from '@tanstack/react-router'
import { Input } from 'antd'
import { acceptInvitation, getInvitation } from '../../../modules/people/people.api.ts'
import { signIn } from '../../../modules/people/sign-in.api.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { instantWords } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'
import { NarrowField, NarrowForm } from './narrow-form.tsx'

type Values = { name: string; password: string }

/** The one-time link: the person chooses their own password and is signed in with it. */
export function InvitationPage() {
  const words = useWords('people')
  const { language } = usePreferences()
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const navigate = useNavigate()
  const accept = useAction(acceptInvitation)
  // A used link is gone: it is not asked for again while it is being accepted.
  const invitation = useApi(getInvitation, { params: { token } }, { enabled: accept.isIdle || accept.isError })
  const enter = useAction(signIn)
  if (invitation.error?.status === 404) {
    return (
      <EmptyState
        title={words('invitation.gone')}
        text={words('invitation.goneText')}
        action={<PageLink to={paths.signIn()}>{words('signIn.title')}</PageLink>}
      />
    )
  }
  return (
    <Loaded query={invitation}>
      {({ companyName, name, email, isNew, expiresAt, timeZone }) => {
        const submit = async (values: Values) => {
          await accept.mutateAsync({ params: { token }, body: { ...values, language } })
          const { codeWanted } = await enter.mutateAsync({ body: { email, password: values.password } })
          await navigate({ to: codeWanted ? paths.signIn() : '/' })
        }
        const until = instantWords(expiresAt, timeZone)
        return (
          <NarrowForm<Values>
            title={isNew ? words('invitation.from', { company: companyName }) : words('invitation.resetTitle')}
            sub={email}
            initial={{ name }}
            submitLabel={words(isNew ? 'invitation.submit' : 'invitation.resetSubmit')}
            onSubmit={submit}
            foot={words('invitation.until', { at: until })}
          >
            <NarrowField name="name" label={words('invitation.name')}>
              <Input autoComplete="name" maxLength={100} />
            </NarrowField>
            <NarrowField name="password" label={words('invitation.password')} help={words('setUp.passwordHelp')}>
              <Input.Password autoFocus autoComplete="new-password" maxLength={200} />
            </NarrowField>
          </NarrowForm>
        )
      }}
    </Loaded>
  )
}
