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

function filesOf({ customers }: Life, on: Day): DemoFile[] {
  const [first, second] = [customers[1]!.fields.name, customers[2]!.fields.name]
  return [
    {
      kind: 'customers',
      name: '新客户名单.csv',
      lines: ['客户名称,区域,行业,税号', '余姚启源流体设备有限公司,华东,机械,', '慈溪明泽灌溉器材有限公司,华东,水务,', ',华东,建筑,'],
    },
    {
      kind: 'products',
      name: '备件目录-旧版.csv',
      lines: ['产品编码,产品名称,单位,单价', 'OLD-901,机封套件 旧型,套,420', 'OLD-902,轴套 旧型,件,96', 'OLD-903,叶轮 旧型,件,780'],
    },
    {
      kind: 'openItems',
      name: '补录往来余额.csv',
      lines: [
        '客户名称,单据号,单据日期,到期日,未收金额',
        `${first},BL-2201,${addDays(on, -80)},${addDays(on, -20)},18600.00`,
        `查无此客户有限公司,BL-2202,${addDays(on, -75)},${addDays(on, -15)},7300.00`,
      ],
      options: { wholeOnly: true },
    },
    {
      kind: 'receipts',
      name: '网银流水.csv',
      lines: [
        '客户名称,收款日期,金额,摘要',
        `${first},${addDays(on, -1)},36000.00,货款`,
        `${second},${addDays(on, -1)},12800.00,货款`,
      ],
    },
  ] // biome-ignore format: a file is its lines
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
