import { Problem } from '../../kernel/problem.ts'
import { CONTENTS_BYTES_MAX, SHEETS_MAX } from './limits.ts'
import { readSharedStrings } from './shared-strings.ts'
import { sheetRows } from './sheet-rows.ts'
import { readStyles } from './sheet-styles.ts'
import type { Table, TableRow, TableSheet } from './table.ts'
import { readXml } from './xml-part.ts'
import { attribute, decodeXmlText } from './xml-tokens.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'

type Contents = { readonly sheets: readonly (TableSheet & { readonly part: string })[]; readonly is1904: boolean }

/** Opens a .xlsx (or .xlsm, whose macros are never looked at); see `readTable`. */
export async function openWorkbook(path: string): Promise<Table> {
  const zip = await openZip(path)
  try {
    const workbookPart = await mainPart(zip)
    const targets = await relationships(zip, workbookPart)
    const contents = await readContents(zip, workbookPart, targets)
    return workbookTable(zip, contents, targets)
  } catch (error) {
    zip.close()
    throw error
  }
}

function workbookTable(zip: ZipArchive, contents: Contents, targets: readonly Relationship[]): Table {
  const partOf = (type: string) => targets.find((target) => target.type === type && zip.has(target.part))?.part
  let loaded: Promise<{ strings: readonly string[]; styles: Awaited<ReturnType<typeof readStyles>> }> | undefined
  const load = async () => ({
    strings: await readSharedStrings(zip, partOf('sharedStrings')),
    styles: await readStyles(zip, partOf('styles')),
  })
  return {
    kind: 'xlsx',
    sheets: contents.sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    async *rows(name): AsyncGenerator<TableRow> {
      const visible = contents.sheets.find((sheet) => !sheet.isHidden) ?? contents.sheets[0]
      const sheet = name === undefined ? visible : contents.sheets.find((each) => each.name === name)
      if (sheet === undefined) throw new Problem('files.sheetMissing', { sheet: name ?? '' })
      loaded ??= load()
      yield* sheetRows(zip, sheet.part, { ...(await loaded), is1904: contents.is1904 })
    },
    async close() {
      zip.close()
    },
  }
}

async function mainPart(zip: ZipArchive): Promise<string> {
  const found = (await relationships(zip, '')).find((target) => target.type === 'officeDocument')?.part
  if (found === undefined || !found.endsWith('.xml') || !zip.has(found)) throw new Problem('files.notAWorkbook')
  return found
}

type Relationship = { readonly id: string; readonly type: string; readonly part: string }

/** What `part` points to inside the file. Links to the outside are never followed. */
async function relationships(zip: ZipArchive, part: string): Promise<readonly Relationship[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relsPart = `${folder}_rels/${part.slice(folder.length)}.rels`
  const found: Relationship[] = []
  if (!zip.has(relsPart)) {
    if (part === '') throw new Problem('files.notAWorkbook')
    return found
  }
  await readXml(zip, relsPart, CONTENTS_BYTES_MAX, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = decodeXmlText(attribute(attributes, 'Target') ?? '')
      const type = attribute(attributes, 'Type') ?? ''
      found.push({ id: attribute(attributes, 'Id') ?? '', type: type.slice(type.lastIndexOf('/') + 1), part: resolved(folder, target) })
    },
    close() {},
    text() {},
  })
  return found
}

function resolved(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  }
  return path.join('/')
}

async function readContents(zip: ZipArchive, workbookPart: string, targets: readonly Relationship[]): Promise<Contents> {
  const partById = new Map(targets.filter((target) => target.type === 'worksheet').map((target) => [target.id, target.part]))
  const sheets: (TableSheet & { part: string })[] = []
  let is1904 = false
  let isWorkbook = false
  await readXml(zip, workbookPart, CONTENTS_BYTES_MAX, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      else if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attribute(attributes, 'date1904') ?? '')
      else if (name === 'sheet') {
        const part = partById.get(relationshipId(attributes))
        const isHidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible'
        if (part !== undefined) sheets.push({ name: decodeXmlText(attribute(attributes, 'name') ?? ''), isHidden, part })
        if (sheets.length > SHEETS_MAX) throw new Problem('files.tooManySheets', { limit: SHEETS_MAX })
      }
    },
    close() {},
    text() {},
  })
  if (!isWorkbook || sheets.length === 0) throw new Problem('files.notAWorkbook')
  return { sheets, is1904 }
}

/** `r:id`, whatever prefix the file gave that namespace. */
function relationshipId(attributes: string): string {
  return attribute(attributes, 'r:id') ?? /\s[A-Za-z0-9]{1,20}:id=["']([^"']{1,255})["']/.exec(attributes)?.[1] ?? ''
}
