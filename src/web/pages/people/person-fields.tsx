import { Form, Input, Select } from 'antd'
import { type Language, languages } from '../../../kernel/language.ts'
import { getTeams } from '../../../modules/people/people.api.ts'
import { type Role, roles } from '../../../modules/people/roles.ts'
import { languageNames } from '../../frame/language-names.ts'
import { useApi } from '../../queries.ts'
import { FormField } from '../../ui/form-section.tsx'
import { useWords } from '../../words.ts'

export type PersonValues = {
  name: string
  email: string
  phone?: string
  language: Language
  role: Role
  dataScope: 'own' | 'team' | 'all'
  teamId?: string
}

/** What a role usually sees; the administrator may choose otherwise. */
export const usualScope: Readonly<Record<Role, PersonValues['dataScope']>> = {
  administrator: 'all',
  financeManager: 'all',
  arAccountant: 'all',
  collector: 'all',
  salesManager: 'team',
  salesperson: 'own',
  auditor: 'all',
}

/** The body that the server wants: nothing instead of an empty text. */
export function personBody({ phone, teamId, ...rest }: PersonValues) {
  return { ...rest, phone: phone ? phone : null, teamId: teamId ? teamId : null }
}

export function PersonFields({ withEmail }: { withEmail: boolean }) {
  const words = useWords('people')
  return (
    <>
      <FormField name="name" label={words('edit.name')}>
        <Input maxLength={100} autoComplete="off" />
      </FormField>
      {withEmail ? (
        <FormField name="email" label={words('edit.email')} help={words('edit.emailHelp')}>
          <Input type="email" maxLength={254} autoComplete="off" />
        </FormField>
      ) : null}
      <FormField name="phone" label={words('edit.phone')} optional>
        <Input maxLength={40} autoComplete="off" />
      </FormField>
      <FormField name="language" label={words('edit.language')}>
        <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
      </FormField>
    </>
  )
}

/** Role, scope and team, each choice with a sentence of what it means. */
export function RightsFields({ locked = false }: { locked?: boolean }) {
  const words = useWords('people')
  const roleWords = useWords('shell')
  const teams = useApi(getTeams)
  const seesTeam = Form.useWatch('dataScope') === 'team'
  const choice = (value: string, label: string, help: string) => ({ value, label, help })
  const withHelp = (option: { label?: unknown; data: { help: string } }) => (
    <div>
      <div>{String(option.data ? (option as { label: string }).label : '')}</div>
      <div className="small secondary choice-help">{option.data.help}</div>
    </div>
  )
  return (
    <>
      <FormField name="role" label={words('edit.role')} {...(locked ? { help: words('edit.ownRole') } : {})}>
        <Select
          disabled={locked}
          options={roles.map((role) => choice(role, roleWords(`roles.${role}`), words(`roleHelp.${role}`)))}
          optionRender={(option) => withHelp(option as never)}
        />
      </FormField>
      <FormField name="dataScope" label={words('edit.scope')}>
        <Select
          disabled={locked}
          options={(['own', 'team', 'all'] as const).map((scope) => choice(scope, words(`scopes.${scope}`), words(`scopeHelp.${scope}`)))}
          optionRender={(option) => withHelp(option as never)}
        />
      </FormField>
      <FormField
        name="teamId"
        label={words('edit.team')}
        optional={!seesTeam}
        {...(teams.data?.items.length === 0 ? { help: words('edit.noTeams') } : {})}
      >
        <Select
          allowClear
          placeholder={words('edit.noTeam')}
          loading={teams.isLoading}
          options={(teams.data?.items ?? []).map((team) => ({ value: team.id, label: team.name }))}
        />
      </FormField>
    </>
  )
}
