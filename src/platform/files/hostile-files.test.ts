import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTable } from './read-table.ts'
import { cellsOf, problemOf } from './table-for-tests.ts'
import { type HandmadeEntry, handmadeWorkbook, handmadeZip, workbookEntries } from './zip-for-tests.ts'

const SHEET = 'xl/worksheets/sheet1.xml'
const ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
const withEntry = (entry: HandmadeEntry) =>
  handmadeZip([...workbookEntries({ sheet: ONE_ROW }).filter((each) => each.name !== entry.name), entry])
const oleFile = (directory: string) => {
  const file = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(9, 30)
  Buffer.from(directory, 'utf16le').copy(file, 512)
  return file
}

const cases: readonly (readonly [string, string, () => Buffer, string])[] = [
  ['parent folder', 'a.xlsx', () => withEntry({ name: '../../etc/passwd', data: 'x' }), 'files.unsafeZipEntry'],
  ['absolute path', 'a.xlsx', () => withEntry({ name: '/etc/passwd', data: 'x' }), 'files.unsafeZipEntry'],
  ['drive letter', 'a.xlsx', () => withEntry({ name: 'C:\\x', data: 'x' }), 'files.unsafeZipEntry'],
  ['symbolic link', 'a.xlsx', () => withEntry({ name: 'xl/link', data: '/etc/passwd', unixMode: 0o120777 }), 'files.unsafeZipEntry'],
  ['encrypted entry', 'a.xlsx', () => withEntry({ name: SHEET, data: 'x', flags: 0x801 }), 'files.encrypted'],
  [
    'document type in the sheet',
    'a.xlsx',
    () => handmadeWorkbook({ head: '<!DOCTYPE x [<!ENTITY a "b">]>', sheet: ONE_ROW }),
    'files.doctype',
  ],
  [
    'document type in the workbook',
    'a.xlsx',
    () => withEntry({ name: 'xl/workbook.xml', data: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>' }),
    'files.doctype',
  ],
  [
    'document type in the strings',
    'a.xlsx',
    () => withEntry({ name: 'xl/sharedStrings.xml', data: '<!DOCTYPE x><sst/>' }),
    'files.doctype',
  ],
  ['document type in the styles', 'a.xlsx', () => withEntry({ name: 'xl/styles.xml', data: '<!DOCTYPE x><styleSheet/>' }), 'files.doctype'],
  ['bomb', 'a.xlsx', () => withEntry({ name: SHEET, data: Buffer.alloc(12 * 1024 * 1024, ' ') }), 'files.zipBomb'],
  [
    'bomb that lies about its size',
    'a.xlsx',
    () => withEntry({ name: SHEET, data: Buffer.alloc(12 * 1024 * 1024, ' '), declaredBytes: 1000 }),
    'files.damaged',
  ],
  [
    'declared two gigabytes',
    'a.xlsx',
    () => withEntry({ name: 'xl/media/a.png', data: 'x', declaredBytes: 2 ** 31 }),
    'files.tooLargeUnpacked',
  ],
  [
    'too many entries',
    'a.xlsx',
    () => handmadeZip(Array.from({ length: 2001 }, (_, at) => ({ name: `f${at}`, data: '' }))),
    'files.tooManyZipEntries',
  ],
  [
    'two entries of one name',
    'a.xlsx',
    () => handmadeZip([...workbookEntries({}), { name: SHEET, data: '<worksheet/>' }]),
    'files.damaged',
  ],
  [
    'wrong checksum of the sheet',
    'a.xlsx',
    () => withEntry({ name: SHEET, data: `<worksheet><sheetData>${ONE_ROW}</sheetData></worksheet>`, checksum: 1 }),
    'files.damaged',
  ],
  [
    'wrong checksum of the strings',
    'a.xlsx',
    () => withEntry({ name: 'xl/sharedStrings.xml', data: '<sst/>', checksum: 1 }),
    'files.damaged',
  ],
  ['sheet cut off', 'a.xlsx', () => withEntry({ name: SHEET, data: `<worksheet><sheetData>${ONE_ROW}` }), 'files.damaged'],
  ['zip cut off', 'a.xlsx', () => handmadeWorkbook({ sheet: ONE_ROW }).subarray(0, 400), 'files.damaged'],
  ['shared string that is not there', 'a.xlsx', () => handmadeWorkbook({ sheet: '<row><c t="s"><v>9</v></c></row>' }), 'files.damaged'],
  [
    'Latin-1 in XML',
    'a.xlsx',
    () => withEntry({ name: SHEET, data: Buffer.from('<worksheet>\xe9</worksheet>', 'latin1') }),
    'files.damaged',
  ],
  ['row beyond the last', 'a.xlsx', () => handmadeWorkbook({ sheet: '<row r="1048577"><c><v>1</v></c></row>' }), 'files.tooManyRows'],
  [
    'column beyond the last',
    'a.xlsx',
    () => handmadeWorkbook({ sheet: '<row r="1"><c r="SG1"><v>1</v></c></row>' }),
    'files.tooManyColumns',
  ],
  [
    'cell too long',
    'a.xlsx',
    () => handmadeWorkbook({ sheet: `<row><c t="str"><v>${'x'.repeat(32_768)}</v></c></row>` }),
    'files.cellTooLong',
  ],
  [
    'shared string too long',
    'a.xlsx',
    () => handmadeWorkbook({ sheet: '<row><c t="s"><v>0</v></c></row>', sharedStrings: `<si><t>${'x'.repeat(40_000)}</t></si>` }),
    'files.cellTooLong',
  ],
  ['another zip', 'a.xlsx', () => handmadeZip([{ name: 'word/document.xml', data: '<a/>' }]), 'files.notAWorkbook'],
  [
    'binary workbook',
    'a.xlsx',
    () =>
      withEntry({
        name: '_rels/.rels',
        data: '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
      }),
    'files.notAWorkbook',
  ],
  ['text called .xlsx', 'a.xlsx', () => Buffer.from('a,b'), 'files.notAWorkbook'],
  ['old Excel', 'a.xls', () => oleFile('Workbook'), 'files.oldExcel'],
  ['HTML called .xls', 'a.xls', () => Buffer.from('<table>'), 'files.oldExcel'],
  ['password', 'a.xlsx', () => oleFile('EncryptedPackage'), 'files.encrypted'],
  ['PDF', 'a.pdf', () => Buffer.from('%PDF-1.7'), 'files.unsupportedKind'],
  ['picture called .csv', 'a.csv', () => Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'files.nulBytes'],
  ['NUL bytes', 'a.csv', () => Buffer.from('a,b\n1,\0'), 'files.nulBytes'],
  ['nothing', 'a.csv', () => Buffer.alloc(0), 'files.empty'],
  ['blanks only', 'a.csv', () => Buffer.from('\ufeff \r\n\r\n'), 'files.empty'],
]

test.each(cases)('%s (%s) is refused', async (_, name, bytes, code) => {
  expect((await problemOf(cellsOf(name, bytes()))).code).toBe(code)
})

test('a file of 200 MB is refused by its size, unread', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  const path = join(folder, 'big')
  const file = await open(path, 'w')
  await file.truncate(200 * 1024 * 1024)
  await file.close()
  expect(await problemOf(readTable({ path, name: 'big.xlsx' }))).toEqual({ code: 'files.fileTooLarge', params: { limit: 100 } })
  await rm(folder, { recursive: true })
})

test('500 columns and 32,767 characters are read', async () => {
  expect((await cellsOf('a.xlsx', handmadeWorkbook({ sheet: '<row r="1"><c r="SF1"><v>1</v></c></row>' })))[0]?.length).toBe(500)
  expect(
    (await cellsOf('a.xlsx', handmadeWorkbook({ sheet: `<row><c t="str"><v>${'x'.repeat(32_767)}</v></c></row>` })))[0]?.[0]?.length,
  ).toBe(32_767)
})

test('formatted cells without content may stand anywhere', async () => {
  expect(await cellsOf('a.xlsx', handmadeWorkbook({ sheet: '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>' }))).toEqual([
    ['1'],
  ])
})
