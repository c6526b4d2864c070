import fc from 'fast-check'
import { test } from 'vitest'
import { Problem } from '../../kernel/problem.ts'
import { rowsOf } from './table-for-tests.ts'
import { handmadeWorkbook, handmadeZip, workbookEntries } from './zip-for-tests.ts'

/** Set FILES_FUZZ_RUNS to search longer than a test run should. */
const RUNS = Number(process.env['FILES_FUZZ_RUNS'] ?? 200)
const BOOK = {
  sheet:
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46112.5</v></c></row><row r="2"><c t="inlineStr"><is><t>x</t></is></c><c><f>A1</f><v>1E5</v></c></row>',
  sharedStrings: '<si><t>客户 &amp; Co</t></si>',
  styles: '<xf numFmtId="0"/><xf numFmtId="14"/>',
}

/** A file is read or refused with a Problem: no crash, no hang, no error of ours. */
async function readOrRefuse(name: string, bytes: Buffer): Promise<void> {
  await rowsOf(name, bytes).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
  })
}

const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 })

function changed(bytes: Buffer, edits: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes)
  for (const [at, byte] of edits) copy[at % copy.length] = byte
  return copy
}

test('a workbook with changed bytes is read or refused', async () => {
  const bytes = handmadeWorkbook(BOOK)
  await fc.assert(
    fc.asyncProperty(changes, (edits) => readOrRefuse('a.xlsx', changed(bytes, edits))),
    { numRuns: RUNS },
  )
})

test('a workbook whose parts have changed text, honestly packed, is read or refused', async () => {
  const entries = workbookEntries(BOOK)
  const part = fc.nat(entries.length - 1)
  await fc.assert(
    fc.asyncProperty(part, changes, (at, edits) => {
      const hostile = entries.map((entry, index) => (index === at ? { ...entry, data: changed(Buffer.from(entry.data), edits) } : entry))
      return readOrRefuse('a.xlsx', handmadeZip(hostile))
    }),
    { numRuns: RUNS },
  )
})

test('a text file of any bytes is read or refused', async () => {
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', 'a', '客') }).map((value) => Buffer.from(value)),
  )
  await fc.assert(
    fc.asyncProperty(text, (bytes) => readOrRefuse('a.csv', bytes)),
    { numRuns: RUNS },
  )
})
