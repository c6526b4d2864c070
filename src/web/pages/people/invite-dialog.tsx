import { Form, Modal } from 'antd'
import { useState } from 'react'
import { postPerson } from '../../../modules/people/people.api.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction } from '../../queries.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { Note } from '../../ui/note.tsx'
import { useWords } from '../../words.ts'
import { LinkShown } from './link-shown.tsx'
import { PersonFields, type PersonValues, personBody, RightsFields, usualScope } from './person-fields.tsx'

/** Invites one person; then shows the link, once. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useWords('people')
  const { language } = usePreferences()
  const [form] = Form.useForm<PersonValues>()
  const [made, setMade] = useState<{ name: string; link: string; expiresAt: string; fourEyesSwitchedOn: boolean }>()
  const invite = useAction(postPerson)
  const close = () => {
    setMade(undefined)
    onClose()
  }
  const submit = async (values: PersonValues) => {
    const answer = await invite.mutateAsync({ body: personBody(values) })
    setMade({ name: values.name, ...answer })
  }
  const follow = ({ role }: Partial<PersonValues>) => {
    if (role) form.setFieldValue('dataScope', usualScope[role])
  }
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      title={words('edit.inviteTitle')}
      destroyOnHidden
      mask={{ closable: false }}
      // the link is shown this once: only its own button closes it
      closable={made === undefined}
      keyboard={made === undefined}
    >
      {made ? (
        <LinkShown {...made} onClose={close}>
          {made.fourEyesSwitchedOn ? <Note tone="info">{words('link.fourEyes')}</Note> : null}
        </LinkShown>
      ) : (
        <FormPage<PersonValues>
          form={form}
          initial={{ language, role: 'arAccountant', dataScope: 'all' }}
          onSubmit={submit}
          onChange={follow}
          submitLabel={words('edit.submitInvite')}
          onCancel={close}
        >
          <PersonFields withEmail />
          <RightsFields />
        </FormPage>
      )}
    </Modal>
  )
}
