import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { readConfig } from '../src/platform/config.ts'
import { StartRefused } from '../src/platform/start-refused.ts'
import { ageingCommand } from './commands/ageing.ts'
import { type ApiClient, ApiRefused, apiClient } from './commands/api-client.ts'
import { backupCommand } from './commands/backup.ts'
import { type Command, WrongUse } from './commands/command.ts'
import { COMMON, commandHelp, overview, usageOf } from './commands/command-help.ts'
import { demoCommand } from './commands/demo.ts'
import { importCommand } from './commands/import.ts'
import { openItemsCommand } from './commands/open-items.ts'
import { reportCommand } from './commands/report.ts'
import { restoreCommand } from './commands/restore.ts'
import { setupCommand } from './commands/setup.ts'
import { verifyCommand } from './commands/verify.ts'

/** `npm run huikuan -- COMMAND`. A new command is a file in commands/ and its line here. */
const commands: readonly Command[] = [
  setupCommand,
  demoCommand,
  importCommand,
  ageingCommand,
  openItemsCommand,
  reportCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
]

const KEY = /^hk_\d+_[\w-]+$/

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error) ?? error)
  return error instanceof WrongUse ? 2 : 1
})

/** 0 = done, 1 = refused or not true, 2 = not understood. */
async function run([first, ...rest]: readonly string[]): Promise<number> {
  const [name, args] = first === 'help' && rest.length > 0 ? [rest[0], ['--help']] : [first, rest]
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return help(name)
  if (args.includes('--help')) {
    console.log(commandHelp(command))
    if (command.more !== undefined) console.log(`\n${await command.more(helpApi(command))}`)
    return 0
  }
  const { json, url, key, args: positionals, values } = parse(command, args)
  const { config, warnings } = readConfig(process.env)
  for (const warning of warnings) console.error(warning)
  const api = apiClient(addressOf(url) ?? addressOf(process.env['HUIKUAN_URL']) ?? config.publicUrl, keyOf(command, key))
  // npm changes into the project's folder; a file is meant relative to where the command was typed.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  const outcome = await command.run({ args: positionals, values, config, api, from, say: (line) => console.error(line) })
  console.log(json ? JSON.stringify(outcome.data, undefined, 2) : outcome.lines.join('\n'))
  return outcome.failed === true ? 1 : 0
}

/** For what only the company knows; undefined where nobody says in whose name to ask. */
function helpApi(command: Command): ApiClient | undefined {
  if ((process.env['HUIKUAN_API_KEY'] ?? '') === '') return undefined
  return apiClient(addressOf(process.env['HUIKUAN_URL']) ?? readConfig(process.env).config.publicUrl, keyOf(command, undefined))
}

function parse(command: Command, args: readonly string[]) {
  try {
    const given = parseArgs({ args: [...args], options: optionsOf(command), allowPositionals: true })
    const wanted = command.noArgsWith?.some((option) => option in given.values) === true ? [] : command.args
    if (given.positionals.length !== wanted.length)
      throw new Error(`${command.name} takes ${wanted.length === 0 ? 'no argument' : wanted.join(' and ')}.`)
    const { json, url, key, ...values } = given.values as Record<string, string | boolean | string[] | undefined>
    return { json: json === true, url: url as string | undefined, key: key as string | undefined, args: given.positionals, values }
  } catch (error) {
    throw new WrongUse(`${(error as Error).message}\nUsage: ${usageOf(command)}`)
  }
}

function optionsOf(command: Command): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries({ ...command.options, ...COMMON }).map(([name, { value, multiple }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: multiple === true },
    ]),
  )
}

function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new WrongUse(`--url and HUIKUAN_URL take an address like http://localhost:8080, not ${text}.`)
}

function keyOf(command: Command, given: string | undefined): string | undefined {
  const key = (given ?? process.env['HUIKUAN_API_KEY'])?.trim()
  if (key !== undefined && key !== '') {
    if (!KEY.test(key)) throw new WrongUse('The API key is not a key of Huikuan: one begins with hk_.')
    return key
  }
  if (command.needsKey !== true) return undefined
  throw new WrongUse(
    `${command.name} needs an API key: set HUIKUAN_API_KEY. An administrator makes one in the web app under Settings → API keys (/settings/api-keys); setup prints the first one.`,
  )
}

function help(name: string | undefined): number {
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(overview(commands))
    return 0
  }
  throw new WrongUse(`There is no command ${name}.\n\n${overview(commands)}`)
}

/** What is expected to go wrong is told in a sentence; anything else is a bug and shows its stack. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof StartRefused || error instanceof ApiRefused || error instanceof WrongUse) return error.message
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full: make room and try again. Nothing half-written was kept.'
  if (path !== undefined && ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(code ?? ''))
    return `${path} cannot be used: ${(error as Error).message}.`
  return undefined
}
