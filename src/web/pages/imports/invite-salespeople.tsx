import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { postPerson } from '../../../modules/people/people.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction } from '../../queries.ts'
import { Note } from '../../ui/note.tsx'
import { problemSentence, useWords } from '../../words.ts'
import { InvitationLinks, type Invited } from './invitation-links.tsx'

/** Salespeople who stand in the file and are nobody here: an address each, and all are invited in one step. From then on the rows are theirs. */
export function InviteSalespeople({ names, onClose }: { names: readonly string[]; onClose: () => void }) {
  const words = useWords('imports')
  const { emails, setEmails, failed, invited, busy, submit } = useInvitations()
  const wanted = names.filter((name) => (emails[name] ?? '').trim() !== '' && !invited.some((one) => one.name === name))
  const isOver = invited.length > 0 && wanted.length === 0
  return (
    <Modal
      open
      title={words('invite.title')}
      onCancel={onClose}
      mask={{ closable: false }}
      closable={invited.length === 0}
      keyboard={invited.length === 0}
      footer={
        <>
          {invited.length === 0 ? null : (
            <Button type={isOver ? 'primary' : 'default'} disabled={busy} onClick={onClose}>
              {words('people:link.close')}
            </Button>
          )}
          {isOver ? null : (
            <Button type="primary" loading={busy} disabled={wanted.length === 0} onClick={() => void submit(wanted)}>
              {words('invite.submit', { count: wanted.length })}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <InvitationLinks invited={invited} />
        {invited.length > 0 ? null : <span className="secondary">{words('invite.text')}</span>}
        {names
          .filter((name) => !invited.some((one) => one.name === name))
          .map((name) => (
            <div key={name}>
              <div className="import-name">
                <b>{name}</b>
                <Input
                  type="email"
                  maxLength={254}
                  autoComplete="off"
                  placeholder={words('invite.email')}
                  aria-label={words('invite.emailOf', { name })}
                  value={emails[name] ?? ''}
                  onChange={({ target }) => setEmails({ ...emails, [name]: target.value })}
                />
              </div>
              {failed[name] === undefined ? null : <Note tone="danger">{failed[name]}</Note>}
            </div>
          ))}
      </div>
    </Modal>
  )
}

/** There is one field a person: what is wrong with it is said, not how it is called. */
function refusal(error: ApiProblem): string {
  return error.issues.length > 0 ? error.issues.map(({ message }) => message).join(' ') : problemSentence(error)
}

/** Invites one after the other: what one address is refused for does not stop the others. */
function useInvitations() {
  const { language } = usePreferences()
  const invite = useAction(postPerson)
  const [emails, setEmails] = useState<Readonly<Record<string, string>>>({})
  const [failed, setFailed] = useState<Readonly<Record<string, string>>>({})
  const [invited, setInvited] = useState<readonly Invited[]>([])
  const [busy, setBusy] = useState(false)
  const submit = async (names: readonly string[]) => {
    setBusy(true)
    setFailed({})
    for (const name of names) {
      const body = {
        name,
        email: emails[name]!.trim(),
        phone: null,
        language,
        role: 'salesperson',
        dataScope: 'own',
        teamId: null,
      } as const
      await invite
        .mutateAsync({ body })
        .then(({ link }) => setInvited((before) => [...before, { name, link }]))
        .catch((error: ApiProblem) => setFailed((before) => ({ ...before, [name]: refusal(error) })))
    }
    setBusy(false)
  }
  return { emails, setEmails, failed, invited, busy, submit }
}
