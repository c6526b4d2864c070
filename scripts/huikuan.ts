import { parseArgs } from 'node:util'
import { readConfig, SETTINGS } from '../src/platform/config.ts'
import { StartRefused } from '../src/platform/start-refused.ts'
import { ageingCommand } from './commands/ageing.ts'
import { ApiRefused, apiClient } from './commands/api-client.ts'
import { backupCommand } from './commands/backup.ts'
import { type Command, WrongUse } from './commands/command.ts'
import { importCommand } from './commands/import.ts'
import { openItemsCommand } from './commands/open-items.ts'
import { restoreCommand } from './commands/restore.ts'
import { setupCommand } from './commands/setup.ts'
import { verifyCommand } from './commands/verify.ts'

/** `npm run huikuan -- COMMAND`. A new command is a file in commands/ and its line here. */
const commands: readonly Command[] = [
  setupCommand,
  importCommand,
  ageingCommand,
  openItemsCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
]

/** What every command takes. */
const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean' }, url: { type: 'string' }, key: { type: 'string' } } as const

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof StartRefused || error instanceof ApiRefused || error instanceof WrongUse
  console.error(expected ? error.message : error)
  return error instanceof WrongUse ? 2 : 1
})

/** 0 = done, 1 = refused or not true, 2 = not understood. */
async function run([name, ...args]: readonly string[]): Promise<number> {
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return help(name)
  if (args.includes('--help')) {
    console.log(`npm run huikuan -- ${usageOf(command)} [--json]\n  ${command.summary}`)
    return 0
  }
  let given: ReturnType<typeof parse>
  try {
    given = parse(command, args)
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: ${usageOf(command)}`)
    return 2
  }
  const { json, url, key, ...values } = given.values
  const { config } = readConfig(process.env)
  const api = apiClient(textOf(url) ?? process.env['HUIKUAN_URL'] ?? config.publicUrl, textOf(key) ?? process.env['HUIKUAN_API_KEY'])
  // npm changes into the project's folder; a file is meant relative to where the command was typed.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  const outcome = await command.run({ args: given.positionals, values, config, api, from, say: (line) => console.error(line) })
  console.log(json === true ? JSON.stringify(outcome.data, undefined, 2) : outcome.lines.join('\n'))
  return outcome.failed === true ? 1 : 0
}

function parse(command: Command, args: readonly string[]) {
  const given = parseArgs({ args: [...args], options: { ...command.options, ...COMMON }, allowPositionals: true })
  if (given.positionals.length !== command.args.length)
    throw new Error(`${command.name} takes ${command.args.length === 0 ? 'no argument' : command.args.join(' and ')}.`)
  return { positionals: given.positionals, values: given.values as Record<string, string | boolean | string[] | undefined> }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function help(name: string | undefined): number {
  const asked = name === undefined || name === 'help' || name === '--help'
  const print = asked ? console.log : console.error
  if (!asked) print(`There is no command ${name}.\n`)
  print('Usage: npm run huikuan -- COMMAND [--json]\n')
  for (const command of commands) print(`  ${usageOf(command)}\n      ${command.summary}`)
  print('\nSettings (environment):')
  for (const [setting, byDefault, meaning] of SETTINGS) print(`  ${setting.padEnd(26)} ${meaning} (${byDefault})`)
  print(`  ${'HUIKUAN_URL'.padEnd(26)} where the commands find the API (HUIKUAN_PUBLIC_URL)`)
  print(`  ${'HUIKUAN_API_KEY'.padEnd(26)} the key they call it with`)
  return asked ? 0 : 2
}

function usageOf(command: Command): string {
  const options = Object.entries(command.options).map(([option, { type }]) => (type === 'boolean' ? `[--${option}]` : `[--${option} …]`))
  return [command.name, ...command.args, ...options].join(' ')
}
