/** What compiler, linter and architecture check cannot say: the words, who writes SQL, where colours live, three complete languages. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesUnder } from './files-under.ts'

const ROOT = join(import.meta.dirname, '..')
/** wrong word → our word (GLOSSARY.md). Only in code, not in texts of others. */
const WORDS: Readonly<Record<string, string>> = {
  aging: 'ageing',
  reconcile: 'allocate (核销), bankMatch (银行对账) or statement (对账单)',
  reconciliation: 'allocation, bankMatch or statement',
  writeoff: 'writeOff',
  installment: 'instalment',
  debtor: 'customer',
  remainingamount: 'open',
}
const COLOUR = /#[0-9a-f]{3}(?:[0-9a-f]{3})?\b|\brgba?\(|\bhsla?\(/i
const WRITES = /\b(?:insert\s+into\s+ar\.|update\s+ar\.|delete\s+from\s+ar\.)/i
/** The platform sends what stores put together; the harness and the demonstrations of breaks write as they must. */
const MAY_WRITE_SQL = [/\.store\.ts$/, /^src\/platform\//, /^test\//, /\.test\.ts$/, /^migrations\//, /^scripts\//]
const MAY_NAME_COLOURS = [
  /^src\/web\/(theme|tokens)\.ts$/,
  /^src\/platform\/openapi\.ts$/,
  /\.svg$/,
  /\.test\.tsx?$/,
  /^src\/web\/public\//,
]
/** These say which words are wrong, and so have to write them. */
const NAMES_THE_WRONG = /^scripts\/(tidy|word-lists|check-words\.test)\.ts$/

const findings: string[] = []
for (const file of [...filesUnder(join(ROOT, 'src')), ...filesUnder(join(ROOT, 'test')), ...filesUnder(join(ROOT, 'scripts'))]) {
  const path = relative(ROOT, file)
  if (!/\.(tsx?|css)$/.test(path) || NAMES_THE_WRONG.test(path)) continue
  const text = readFileSync(file, 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  lookFor(path, text, code)
}

function lookFor(path: string, text: string, code: string): void {
  for (const [wrong, right] of Object.entries(WORDS))
    if (new RegExp(`(?<![a-z])${wrong}(?![a-z])`).test(text)) findings.push(`${path}: say ${right}, not ${wrong}`)
  if (WRITES.test(code) && !MAY_WRITE_SQL.some((allowed) => allowed.test(path)))
    findings.push(`${path}: SQL that writes belongs in a .store.ts`)
  if (path.startsWith('src/web/') && COLOUR.test(code) && !MAY_NAME_COLOURS.some((allowed) => allowed.test(path)))
    findings.push(`${path}: colours live in theme.ts and tokens.ts`)
  if (path.startsWith('src/modules/') && /\bnew Date\(\)|\bDate\.now\(\)/.test(code) && !path.endsWith('.test.ts'))
    findings.push(`${path}: the clock comes in as an argument (tx.at, tx.today)`)
  if (/\bbetween\s+\$\{|\bbetween\s+\$\d/i.test(code)) findings.push(`${path}: half-open ranges, never between`)
  if (/\b(?:TODO|FIXME)\b/.test(text)) findings.push(`${path}: finish it or leave it out`)
}

if (findings.length > 0) console.error(findings.join('\n'))
try {
  execFileSync(process.execPath, [join(ROOT, 'scripts/check-words.ts')], { stdio: 'inherit' })
} catch {
  findings.push('words')
}
try {
  execFileSync(process.execPath, [join(ROOT, 'scripts/check-manual.ts')], { stdio: 'inherit' })
} catch {
  findings.push('manual')
}
if (findings.length > 0) process.exit(1)
