import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { putFourEyes } from '../../../modules/company/company.api.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField } from '../../ui/form-section.tsx'
import { Note } from '../../ui/note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { ShownCompany } from './company-page.tsx'

/** Nobody approves what they recorded. Off only in a company of one, by typing its name. */
export function FourEyesPanel({ company, mayEdit }: { company: ShownCompany; mayEdit: boolean }) {
  const words = useWords('company')
  const [asking, setAsking] = useState(false)
  const set = useAction(putFourEyes, { onDone: () => setAsking(false) })
  const { fourEyes, colleagues, version, name } = company
  return (
    <Panel title={words('fourEyes.title')}>
      <div className="stack">
        <Note tone={fourEyes ? 'success' : 'warning'}>{words(fourEyes ? 'fourEyes.on' : 'fourEyes.off')}</Note>
        {mayEdit && fourEyes && colleagues > 1 ? (
          <span className="secondary small">{words('fourEyes.needed', { count: colleagues })}</span>
        ) : null}
        {mayEdit && fourEyes && colleagues === 1 ? <Button onClick={() => setAsking(true)}>{words('fourEyes.switchOff')}</Button> : null}
        {mayEdit && !fourEyes ? (
          <Button loading={set.isPending} onClick={() => set.mutate({ body: { fourEyes: true, version } })}>
            {words('fourEyes.switchOn')}
          </Button>
        ) : null}
        {set.error && !asking ? <ErrorState problem={set.error} /> : null}
      </div>
      <Modal open={asking} footer={null} title={words('fourEyes.switchOff')} onCancel={() => setAsking(false)} destroyOnHidden>
        <FormPage<{ confirmation: string }>
          initial={{}}
          onSubmit={({ confirmation }) => set.mutateAsync({ body: { fourEyes: false, confirmation, version } })}
          submitLabel={words('fourEyes.switchOff')}
          onCancel={() => setAsking(false)}
        >
          <FormField name="confirmation" label={words('fourEyes.confirm', { name })} help={words('fourEyes.consequence')}>
            <Input autoFocus autoComplete="off" />
          </FormField>
        </FormPage>
      </Modal>
    </Panel>
  )
}
