import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { created, currency, done, id, idParams, language, requiredText, text, version } from '../../platform/fields.ts'
import { optionalModules } from './optional-modules.ts'
import { isTimeZone } from './time-zones.ts'

export const timeZone = z.string().max(60).refine(isTimeZone, 'company.unknownTimeZone')
const moduleName = z.enum(optionalModules)
const entityFields = { code: requiredText(20), name: requiredText(200), taxId: text(40).nullable() }

export const getCompany = route({
  method: 'GET',
  path: '/api/company',
  permission: 'company.view',
  summary: 'The company, its legal entities and switches',
  response: z.strictObject({
    name: z.string(),
    baseCurrency: z.string(),
    timeZone: z.string(),
    language,
    fourEyes: z.boolean(),
    sendingEnabled: z.boolean(),
    modulesOff: z.array(moduleName),
    version,
    currencyFixed: z.boolean(),
    colleagues: z.int(),
    entities: z.array(
      z.strictObject({ id, code: z.string(), name: z.string(), taxId: z.string().nullable(), status: z.string(), version }),
    ),
  }),
})
export const putCompany = route({
  method: 'PUT',
  path: '/api/company',
  permission: 'company.edit',
  summary: 'Changes name, language, time zone; the base currency while nothing is booked',
  body: z.strictObject({ name: requiredText(200), baseCurrency: currency, timeZone, language, version }),
  response: done,
})
export const putModules = route({
  method: 'PUT',
  path: '/api/company/modules',
  permission: 'company.edit',
  summary: 'Switches modules off or on',
  body: z.strictObject({ modulesOff: z.array(moduleName).max(optionalModules.length), version }),
  response: done,
})
export const putFourEyes = route({
  method: 'PUT',
  path: '/api/company/four-eyes',
  asksAgain: true,
  permission: 'company.edit',
  summary: 'Switches the four-eyes rule; off only in a one-person company, by typing its name',
  body: z.strictObject({ fourEyes: z.boolean(), confirmation: text(200).default(''), version }),
  response: done,
})
export const postEntity = route({
  method: 'POST',
  path: '/api/entities',
  permission: 'company.edit',
  summary: 'Adds a legal entity',
  body: z.strictObject(entityFields),
  response: created,
})
export const putEntity = route({
  method: 'PUT',
  path: '/api/entities/:id',
  permission: 'company.edit',
  summary: 'Changes a legal entity',
  params: idParams,
  body: z.strictObject({ ...entityFields, status: z.enum(['active', 'inactive']), version }),
  response: done,
})

const keyParams = z.strictObject({ key: z.string().max(60) })
export const getSettings = route({
  method: 'GET',
  path: '/api/settings/:key',
  permission: 'company.view',
  summary: 'The settings of one module, with standard values where none was saved',
  params: keyParams,
  response: z.strictObject({ value: z.record(z.string(), z.unknown()), version: z.int().min(0) }),
})
export const putSettings = route({
  method: 'PUT',
  path: '/api/settings/:key',
  permission: 'company.view',
  summary: 'Saves the settings of one module; each key names the permission that it needs',
  params: keyParams,
  body: z.strictObject({ value: z.record(z.string().max(60), z.unknown()), version: z.int().min(0) }),
  response: done,
})
