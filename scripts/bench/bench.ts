/** npm run bench -- NAME [--size 10k|100k|1m]: prints one JSON line a measurement. `npm run bench` lists the names. */
import { parseArgs } from 'node:util'
import { benches } from './benches.ts'
import { sizes } from './facts.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { size: { type: 'string', default: '10k' } } })
const chosen = positionals.length === 0 ? [] : positionals[0] === 'all' ? Object.keys(benches) : positionals
if (chosen.length === 0)
  console.info(
    `npm run bench -- NAME|all [--size ${Object.keys(sizes).join('|')}]\n${Object.entries(benches)
      .map(([name, { what }]) => `  ${name.padEnd(16)} ${what}`)
      .join('\n')}`,
  )
const known = sizes[values.size] !== undefined || (values.size === '10m' && chosen.every((name) => name === 'ageing'))
if (!known) throw new Error(`--size ${Object.keys(sizes).join('|')}, and 10m for ageing`)
for (const name of chosen) {
  const bench = benches[name]
  if (!bench) throw new Error(`no benchmark ${name}`)
  await bench.run(values.size)
}
process.exit(0)
