import { Button, Modal } from 'antd'
import { useState } from 'react'
import { deletePersonSessions, deletePersonTotp, postPersonLink, putPersonStatus } from '../../../modules/people/people.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { LinkShown } from './link-shown.tsx'
import type { ShownPerson } from './person-page.tsx'

/** Links, sessions, second factor, disabling. Not for oneself: the own account has its own page. */
export function AccessPanel({ person }: { person: ShownPerson }) {
  const words = useWords('people')
  const session = useSession()
  const { id, name, status, version, totp } = person
  const setStatus = useAction(putPersonStatus)
  const end = useAction(deletePersonSessions)
  const drop = useAction(deletePersonTotp)
  if (id === session.person.id) return null
  return (
    <Panel title={words('edit.access')}>
      <div className="stack">
        <KeyValues rows={[[words('list.totp'), words(totp ? 'list.totpOn' : 'list.totpOff')]]} />
        {status === 'disabled' ? (
          <Button loading={setStatus.isPending} onClick={() => setStatus.mutate({ params: { id }, body: { status: 'active', version } })}>
            {words('edit.enable')}
          </Button>
        ) : (
          <NewLink person={person} />
        )}
        {status === 'active' ? (
          <ConfirmDanger
            label={words('edit.endSessions')}
            title={words('edit.endSessions')}
            consequence={words('edit.endSessionsText', { name })}
            onConfirm={() => end.mutateAsync({ params: { id } })}
          />
        ) : null}
        {totp ? (
          <ConfirmDanger
            label={words('edit.dropTotp')}
            title={words('edit.dropTotp')}
            consequence={words('edit.dropTotpText', { name })}
            onConfirm={() => drop.mutateAsync({ params: { id } })}
          />
        ) : null}
        {status === 'disabled' ? null : (
          <ConfirmDanger
            label={words('edit.disable')}
            title={words('edit.disableTitle', { name })}
            consequence={words('edit.disableText')}
            onConfirm={() => setStatus.mutateAsync({ params: { id }, body: { status: 'disabled', version } })}
          />
        )}
        {setStatus.error ? <ErrorState problem={setStatus.error} /> : null}
      </div>
    </Panel>
  )
}

function NewLink({ person }: { person: ShownPerson }) {
  const words = useWords('people')
  const [made, setMade] = useState<{ link: string; expiresAt: string }>()
  const make = useAction(postPersonLink, { onDone: setMade })
  return (
    <>
      <Button loading={make.isPending} onClick={() => make.mutate({ params: { id: person.id }, body: {} })}>
        {words(person.status === 'invited' ? 'edit.newLink' : 'edit.resetLink')}
      </Button>
      {make.error ? <ErrorState problem={make.error} /> : null}
      <Modal open={made !== undefined} footer={null} closable={false} keyboard={false} mask={{ closable: false }} destroyOnHidden>
        {made ? <LinkShown name={person.name} {...made} onClose={() => setMade(undefined)} /> : null}
      </Modal>
    </>
  )
}
