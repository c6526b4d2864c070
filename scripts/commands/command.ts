import type { Config } from '../../src/platform/config.ts'
import type { ApiClient } from './api-client.ts'

type CommandCall = {
  readonly args: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly config: Config
  readonly api: ApiClient
  /** The folder in which the command was typed: relative paths start here. */
  readonly from: string
  /** A line beside the result (progress, warnings), on stderr. */
  readonly say: (line: string) => void
}

/** What a command answers: lines for people, data for `--json`; `failed` makes the exit code 1. */
export type Outcome = { readonly lines: readonly string[]; readonly data: unknown; readonly failed?: boolean }

/** One `--name` of a command. `value` stands for what is given in the help; options without it are switches. */
export type Option = {
  readonly value?: string
  /** May be given several times. */
  readonly multiple?: boolean
  readonly meaning: string
}

export type Command = {
  readonly name: string
  readonly summary: string
  /** Names of the arguments, all required. */
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  /** Calls the API in somebody's name: refused at once where no key is given. */
  readonly needsKey?: boolean
  /** With one of these options the arguments are left out. */
  readonly noArgsWith?: readonly string[]
  /** What --help adds that only the company knows; without a key there is nobody to ask. */
  readonly more?: (api: ApiClient | undefined) => Promise<string>
  readonly run: (call: CommandCall) => Promise<Outcome>
}

/** The command was not given as it must be: one sentence, exit code 2. */
export class WrongUse extends Error {}
