import { isLanguage, languages } from '../../src/kernel/language.ts'
import { openInstallation } from '../../src/platform/installation.ts'
import { type Command, WrongUse } from './command.ts'

const SEED_MOST = 999_999

/** Makes a demo company on the machine on which the program runs, whether it runs or not, and a login for its administrator with a password of its own. */
export const demoCommand: Command = {
  name: 'demo',
  summary:
    'makes a demo company (300 customers, 18 months of business) and prints a login to it; --reset makes a new one and removes the old one',
  args: [],
  options: {
    seed: { value: 'N', meaning: 'another number, another company; the same one on the same day, the same books (1)' },
    language: {
      value: 'CODE',
      meaning: `in which everything in it is named and written: ${languages.join(', ')} (zh-CN)`,
    },
    reset: { meaning: 'where there is a demo company: a new one in its place' },
  },
  run: async ({ values, config, say }) => {
    const seed = Number(values['seed'] ?? 1)
    if (!Number.isInteger(seed) || seed < 1 || seed > SEED_MOST) throw new WrongUse(`--seed takes a whole number from 1 to ${SEED_MOST}.`)
    const language = String(values['language'] ?? 'zh-CN')
    if (!isLanguage(language)) throw new WrongUse(`--language takes one of ${languages.join(', ')}.`)
    const installation = await openInstallation(config, say)
    try {
      await installation.prepare()
      const { makeDemoCompany } = await import('./make-demo-company.ts')
      return await makeDemoCompany(installation, { seed, language, reset: values['reset'] === true, publicUrl: config.publicUrl, say })
    } finally {
      await installation.stop()
    }
  },
}
