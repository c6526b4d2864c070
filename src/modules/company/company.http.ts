import { missing, Problem } from '../../kernel/problem.ts'
import { may } from '../../platform/caller.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import * as api from './company.api.ts'
import { company, countColleagues, entities, hasBooks } from './company.query.ts'
import { chooseModules, editCompany, setFourEyes } from './edit-company.command.ts'
import { addEntity, editEntity } from './save-entities.command.ts'
import { saveSettings } from './save-settings.command.ts'
import { settingDefinitions, settingIssues, standardSettings } from './setting-definitions.ts'
import { storedSettings } from './settings.query.ts'

const ok = { ok: true } as const

export const companyHttp: readonly BoundRoute[] = [
  read(api.getCompany, async (reader) => ({
    ...(await company(reader)),
    currencyFixed: await hasBooks(reader),
    colleagues: await countColleagues(reader),
    entities: await entities(reader),
  })),
  write(api.putCompany, async (tx, { body }) => {
    await editCompany(tx, body)
    return ok
  }),
  write(api.putModules, async (tx, { body }) => {
    await chooseModules(tx, body.modulesOff, body.version)
    return ok
  }),
  write(api.putFourEyes, async (tx, { body }) => {
    await setFourEyes(tx, body)
    return ok
  }),
  write(api.postEntity, async (tx, { body }) => ({ id: await addEntity(tx, body) })),
  write(api.putEntity, async (tx, { params, body }) => {
    await editEntity(tx, params.id, body)
    return ok
  }),
  read(api.getSettings, async (reader, { params }) => {
    known(params.key)
    const { value, version } = await storedSettings(reader, params.key)
    return { value: { ...standardSettings(params.key), ...value }, version }
  }),
  write(api.putSettings, async (tx, { params, body }) => {
    const { permission } = known(params.key)
    if (!may(tx.caller, permission)) throw new Problem('people.mayNot', { permission }, { kind: 'forbidden' })
    const issues = settingIssues(params.key, body.value)
    if (issues.length > 0)
      throw new Problem('platform.invalid', { count: issues.length, first: issues[0]!.path }, { kind: 'invalid', issues })
    await saveSettings(tx, params.key, body.value, body.version)
    return ok
  }),
]

function known(key: string) {
  const found = Object.hasOwn(settingDefinitions, key) ? settingDefinitions[key] : undefined
  if (!found) throw missing('settings')
  return found
}
