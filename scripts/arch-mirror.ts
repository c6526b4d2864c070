/** dependency-cruiser with swc cannot parse .tsx, so it is given a copy of src in which every .tsx has been turned into plain TypeScript, imports kept. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { transformSync } from '@swc/core'
import { filesUnder } from './files-under.ts'

const ROOT = join(import.meta.dirname, '..')
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const CONFIG = join(ROOT, '.dependency-cruiser.cjs')

export type Violation = { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }

/** Copies src to `copy`; returns how many source files it holds. */
export function mirrorSource(copy: string): number {
  rmSync(copy, { recursive: true, force: true })
  const files = filesUnder(join(ROOT, 'src')).filter((file) => /\.(tsx?|json)$/.test(file) && !/\.test\.tsx?$/.test(file))
  for (const file of files) {
    const target = join(copy, relative(ROOT, file))
    mkdirSync(dirname(target), { recursive: true })
    if (file.endsWith('.tsx')) writeFileSync(target, withoutMarkup(readFileSync(file, 'utf8')))
    else cpSync(file, target)
  }
  for (const file of ['tsconfig.json', 'package.json']) cpSync(join(ROOT, file), join(copy, file))
  return files.filter((file) => !file.endsWith('.json')).length
}

export function cruise(copy: string): { totalCruised: number; violations: Violation[] } {
  const command = [CRUISER, 'src', '--config', CONFIG, '--output-type', 'json']
  try {
    return parse(execFileSync(process.execPath, command, { cwd: copy, maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] }))
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer }
    if (stdout && stdout.length > 0) return parse(stdout)
    throw new Error(`dependency-cruiser failed: ${stderr?.toString().trim() ?? String(error)}`)
  }
}

function parse(output: Buffer) {
  return (JSON.parse(output.toString()) as { summary: { totalCruised: number; violations: Violation[] } }).summary
}

function withoutMarkup(source: string): string {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022', transform: { react: { runtime: 'automatic' } } },
    isModule: true,
  })
  return code
}
