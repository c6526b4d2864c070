/** The architecture check. The number of files seen is asserted: a checker that silently reads nothing is worse than none. */
import { join } from 'node:path'
import { cruise, mirrorSource } from './arch-mirror.ts'

const COPY = join(import.meta.dirname, '../.cache/arch')
const expected = mirrorSource(COPY)
const { totalCruised, violations } = cruise(COPY)
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`)
if (totalCruised < expected) console.error(`only ${totalCruised} modules were seen, ${expected} are there`)
if (violations.length > 0 || totalCruised < expected) process.exit(1)
console.info(`architecture: ${expected} files, no rule broken`)
