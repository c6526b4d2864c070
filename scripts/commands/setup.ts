import { openInstallation } from '../../src/platform/installation.ts'
import { issueSetupToken } from '../../src/platform/setup-token.ts'
import { ApiRefused } from './api-client.ts'
import { type Command, WrongUse } from './command.ts'

const NEEDED = ['company', 'name', 'email'] as const

/** Founds the company without a browser, on the machine on which the server runs. The password comes from the environment, so that it stands in no list of processes. */
export const setupCommand: Command = {
  name: 'setup',
  summary: 'founds the company and its administrator without a browser and prints an API key; password in HUIKUAN_ADMIN_PASSWORD',
  args: [],
  options: {
    company: { value: 'NAME', meaning: 'the company (needed)' },
    name: { value: 'NAME', meaning: 'the administrator (needed)' },
    email: { value: 'ADDRESS', meaning: 'the address with which the administrator signs in (needed)' },
    currency: { value: 'CODE', meaning: 'base currency (CNY)' },
    'time-zone': { value: 'ZONE', meaning: 'the calendar of the books (Asia/Shanghai)' },
    language: { value: 'CODE', meaning: 'zh-CN, zh-TW or en (zh-CN)' },
  },
  run: async ({ values, config, api, say }) => {
    const missing = NEEDED.find((option) => typeof values[option] !== 'string')
    if (missing !== undefined) throw new WrongUse(`setup needs ${NEEDED.map((option) => `--${option}`).join(', ')}.`)
    const password = process.env['HUIKUAN_ADMIN_PASSWORD']
    if (password === undefined || password === '') throw new WrongUse('setup needs the administrator’s password in HUIKUAN_ADMIN_PASSWORD.')
    const installation = await openInstallation(config, say)
    try {
      await installation.prepare()
      const token = await issueSetupToken(installation.ownerUrl)
      if (token === undefined) throw new ApiRefused('There is a company already.', 409)
      const { apiKey } = await api.post<{ apiKey: string | null }>('/api/setup', {
        token,
        companyName: values['company'],
        baseCurrency: values['currency'] ?? 'CNY',
        timeZone: values['time-zone'] ?? 'Asia/Shanghai',
        language: values['language'] ?? 'zh-CN',
        name: values['name'],
        email: values['email'],
        password,
        withKey: true,
      })
      return { lines: [`${values['company']} is set up. The API key is shown once:`, apiKey ?? ''], data: { apiKey } }
    } finally {
      await installation.stop()
    }
  },
}
