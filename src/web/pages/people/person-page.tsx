import { useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { getPerson, putPerson } from '../../../modules/people/people.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormSection } from '../../ui/form-section.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { AccessPanel } from './access-panel.tsx'
import { PersonFields, type PersonValues, personBody, RightsFields } from './person-fields.tsx'

export type ShownPerson = Answer<typeof getPerson>

/** One person: what they may do and see, and their access. */
export function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const words = useWords('people')
  const { may } = useSession()
  const person = useApi(getPerson, { params: { id } })
  return (
    <Loaded query={person}>
      {(shown) => (
        <>
          <PageHead
            crumbs={[{ label: words('list.title'), to: paths.peopleSettings() }]}
            title={shown.name}
            status={<Status word={shown.status} />}
            meta={shown.email}
          />
          <div className="split">
            {may('people.edit') ? <PersonForm key={contentOf(shown)} person={shown} /> : <ReadOnly person={shown} />}
            {may('people.edit') ? <AccessPanel person={shown} /> : null}
          </div>
        </>
      )}
    </Loaded>
  )
}

/** What this form changes: typing stays when the panel beside it ends sessions or lets somebody in again. */
function contentOf({ id, name, phone, language, role, dataScope, teamId }: ShownPerson): string {
  return JSON.stringify([id, name, phone, language, role, dataScope, teamId])
}

function PersonForm({ person }: { person: ShownPerson }) {
  const words = useWords('people')
  const session = useSession()
  const { message } = App.useApp()
  const save = useAction(putPerson, { onDone: () => void message.success(words('edit.saved')) })
  const { name, email, phone, language, role, dataScope, teamId, id, version } = person
  const submit = (values: PersonValues) => {
    const { email: _, ...body } = personBody(values)
    return save.mutateAsync({ params: { id }, body: { ...body, version } })
  }
  return (
    <FormPage<PersonValues>
      initial={{ name, email, language, role, dataScope, ...(phone ? { phone } : {}), ...(teamId ? { teamId } : {}) }}
      onSubmit={submit}
      submitLabel={words('edit.save')}
    >
      <FormSection title={words('edit.person')} columns={2}>
        <PersonFields withEmail={false} />
      </FormSection>
      <FormSection title={words('edit.rights')} columns={2}>
        <RightsFields locked={id === session.person.id} />
      </FormSection>
    </FormPage>
  )
}

function ReadOnly({ person }: { person: ShownPerson }) {
  const words = useWords('people')
  const roleWords = useWords('shell')
  return (
    <Panel title={words('edit.person')}>
      <KeyValues
        rows={[
          [words('list.role'), roleWords(`roles.${person.role}`)],
          [words('list.scope'), words(`scopes.${person.dataScope}`)],
          [words('list.team'), person.teamName],
          [words('edit.phone'), person.phone],
        ]}
      />
    </Panel>
  )
}
