import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { getSetUp } from '../../../modules/people/set-up.api.ts'
import { signIn, signInWithCode } from '../../../modules/people/sign-in.api.ts'
import { call } from '../../api.ts'
import { paths, returnPath } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useWords } from '../../words.ts'
import { NarrowField, NarrowForm } from './narrow-form.tsx'

/** E-mail and password, then the code where a second factor is on. Leads to the set-up while there is no company. */
export function SignInPage() {
  const words = useWords('people')
  const [codeWanted, setCodeWanted] = useState(false)
  const goOn = useGoOn()
  const first = useAction(signIn)
  const second = useAction(signInWithCode)
  useSetUpFirst()
  if (codeWanted) {
    const submit = async ({ code }: { code: string }) => {
      await second.mutateAsync({ body: { code: code.replaceAll(' ', '') } })
      await goOn()
    }
    return (
      <NarrowForm<{ code: string }>
        key="code"
        title={words('signIn.codeTitle')}
        submitLabel={words('signIn.codeSubmit')}
        onSubmit={submit}
        foot={
          <Button type="link" size="small" onClick={() => setCodeWanted(false)}>
            {words('signIn.back')}
          </Button>
        }
      >
        <NarrowField name="code" label={words('signIn.code')} help={words('signIn.codeHelp')}>
          <Input autoFocus autoComplete="one-time-code" maxLength={30} />
        </NarrowField>
      </NarrowForm>
    )
  }
  const submit = async (body: { email: string; password: string }) => {
    const answer = await first.mutateAsync({ body })
    if (answer.codeWanted) setCodeWanted(true)
    else await goOn()
  }
  return (
    <NarrowForm<{ email: string; password: string }>
      key="password"
      title={words('signIn.title')}
      submitLabel={words('signIn.submit')}
      onSubmit={submit}
      foot={words('signIn.forgot')}
    >
      <NarrowField name="email" label={words('signIn.email')}>
        <Input autoFocus type="email" autoComplete="username" maxLength={254} />
      </NarrowField>
      <NarrowField name="password" label={words('signIn.password')}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </NarrowField>
    </NarrowForm>
  )
}

/** To the page that asked for the sign-in. */
function useGoOn(): () => Promise<void> {
  const { next } = useSearch({ strict: false }) as { next?: unknown }
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    queries.clear()
    await navigate({ to: returnPath(next) })
  }
}

/** To the set-up while there is no company. Asked past the cache, which is emptied when a session ends; no answer means sign-in. */
function useSetUpFirst(): void {
  const navigate = useNavigate()
  useEffect(() => {
    void call(getSetUp).then(
      async ({ waiting }) => {
        if (waiting) await navigate({ to: paths.setup() })
      },
      () => undefined,
    )
  }, [navigate])
}
