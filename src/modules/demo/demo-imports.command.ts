import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, type Day } from '../../kernel/day.ts'
import { mapColumns } from '../imports/edit-import.command.ts'
import type { ImportKind } from '../imports/import-fields.ts'
import type { ImportOptions } from '../imports/import-options.ts'
import { runImport } from '../imports/run-import.command.ts'
import { scanFile } from '../imports/scan-file.query.ts'
import { startImport } from '../imports/start-import.command.ts'
import { takeBackChunks, undoImport } from '../imports/undo-import.command.ts'
import { uploadImport } from '../imports/upload-import.command.ts'
import type { Life } from './demo-day.command.ts'

const OLD_PRICES = ['420', '96', '780']

type DemoFile = {
  readonly kind: ImportKind
  readonly name: string
  readonly lines: readonly string[]
  readonly options?: Partial<ImportOptions>
}

/** Files of the last days, one in every state that the page of imports shows: brought in but for a row, taken back, stopped because it had to be whole, and not begun. */
export async function imports(life: Life, on: Day): Promise<void> {
  const [newCustomers, spareParts, oldDebts, receipts] = filesOf(life, on)
  await bringIn(life, newCustomers!)
  const takenBackId = await bringIn(life, spareParts!)
  await life.act('financeManager', (tx) => undoImport(tx, takenBackId))
  await takeBackChunks(life.db, life.callers['financeManager']!, takenBackId)
  await bringIn(life, oldDebts!)
  await upload(life, receipts!)
}

function filesOf({ customers, words }: Life, on: Day): DemoFile[] {
  const { files, regions } = words
  const [first, second] = [customers[1]!.fields.name, customers[2]!.fields.name]
  const [made, spares] = [files.customers.made, files.products.rows]
  return [
    {
      kind: 'customers',
      name: files.customers.name,
      lines: [files.customers.head, ...made.map(([name, industry]) => line(name, regions.east, industry, '')), line('', regions.east, files.customers.nameless, '')],
    },
    {
      kind: 'products',
      name: files.products.name,
      lines: [files.products.head, ...spares.map(([name, unit], index) => line(`OLD-90${index + 1}`, name, unit, OLD_PRICES[index]!))],
    },
    {
      kind: 'openItems',
      name: files.openItems.name,
      lines: [
        files.openItems.head,
        line(first, 'BL-2201', addDays(on, -80), addDays(on, -20), '18600.00'),
        line(files.openItems.stranger, 'BL-2202', addDays(on, -75), addDays(on, -15), '7300.00'),
      ],
      options: { wholeOnly: true },
    },
    {
      kind: 'receipts',
      name: files.receipts.name,
      lines: [
        files.receipts.head,
        line(first, addDays(on, -1), '36000.00', words.said.goods),
        line(second, addDays(on, -1), '12800.00', words.said.goods),
      ],
    },
  ] // biome-ignore format: a file is its lines
}

/** A line of a CSV file; what has a comma in it stands in quotes. */
function line(...cells: readonly string[]): string {
  return cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')
}

async function bringIn(life: Life, file: DemoFile): Promise<string> {
  const id = await upload(life, file)
  if (file.options !== undefined) await life.act('financeManager', (tx) => mapColumns(tx, id, { options: file.options }))
  await life.act('financeManager', (tx) => startImport(tx, id))
  await runImport(life.db, life.callers['financeManager']!, id)
  return id
}

async function upload(life: Life, { kind, name, lines }: DemoFile): Promise<string> {
  const content = Buffer.from(`${lines.join('\r\n')}\r\n`)
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-demo-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, content, { mode: 0o600 })
    const scan = await scanFile({ path, name }, kind)
    const sha256 = createHash('sha256').update(content).digest()
    return await life.act('financeManager', (tx) => uploadImport(tx, { path, name, size: content.length, sha256 }, scan, kind))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
