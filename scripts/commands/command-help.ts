import { SETTINGS } from '../../src/platform/config.ts'
import type { Command, Option } from './command.ts'

/** What every command takes. */
export const COMMON: Readonly<Record<string, Option>> = {
  json: { meaning: 'prints the answer as JSON on stdout; remarks and errors stay on stderr' },
  help: { meaning: 'prints this' },
  url: { value: 'URL', meaning: 'where the API is (HUIKUAN_URL)' },
  key: { value: 'KEY', meaning: 'the API key (better in HUIKUAN_API_KEY: a command line can be seen by others)' },
}

const EXIT_CODES = 'Exit code: 0 done; 1 refused, or not true; 2 not understood.'

/** The page of one command: usage, what it does, every option. */
export function commandHelp(command: Command): string {
  const options = [...Object.entries(command.options), ...Object.entries(COMMON).filter(([name]) => command.needsKey || name !== 'key')]
  const titles = options.map(([name, option]) => titleOf(name, option))
  const width = Math.max(...titles.map((title) => title.length))
  return [
    `npm run huikuan -- ${usageOf(command)}`,
    `  ${command.summary}`,
    '',
    ...options.map(([, { meaning }], at) => `  ${titles[at]!.padEnd(width)}  ${meaning}`),
    '',
    EXIT_CODES,
  ].join('\n')
}

/** All commands and settings. */
export function overview(commands: readonly Command[]): string {
  const settings = [
    ...SETTINGS.map(([name, byDefault, meaning]) => [name, `${meaning} (${byDefault})`] as const),
    ['HUIKUAN_URL', 'where the commands find the API (HUIKUAN_PUBLIC_URL)'] as const,
    ['HUIKUAN_API_KEY', 'the key they call it with'] as const,
    ['HUIKUAN_ADMIN_PASSWORD', 'the password of the administrator that setup makes'] as const,
  ]
  return [
    'Usage: npm run huikuan -- COMMAND [--json] [--help]',
    '',
    ...commands.flatMap((command) => [`  ${usageOf(command)}`, `      ${command.summary}`]),
    '',
    'Settings (environment):',
    ...settings.map(([name, meaning]) => `  ${name.padEnd(26)} ${meaning}`),
    '',
    EXIT_CODES,
  ].join('\n')
}

export function usageOf({ name, args, options }: Command): string {
  return [name, ...args, ...Object.entries(options).map(([option, meaning]) => `[${titleOf(option, meaning)}]`)].join(' ')
}

function titleOf(name: string, { value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`
}
