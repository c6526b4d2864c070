import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip made by hand, honest unless a field says otherwise. */
export type HandmadeEntry = {
  readonly name: string
  readonly data: string | Buffer
  readonly declaredBytes?: number
  readonly checksum?: number
  readonly unixMode?: number
  readonly flags?: number
}

/** A zip with exactly these entries, for files that no honest program writes. */
export function handmadeZip(entries: readonly HandmadeEntry[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data)
    const packed = deflateRawSync(data)
    const name = Buffer.from(entry.name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(entry.flags ?? 0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(entry.checksum ?? crc32(data), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(entry.declaredBytes ?? data.length, 18)
    fields.writeUInt16LE(name.length, 22)
    local.push(Buffer.from('504b0304', 'hex'), fields, name, packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((entry.unixMode ?? 0o100644) << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.from('504b01021403', 'hex'), fields, tail, name)
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

export type HandmadeWorkbook = {
  readonly sheet?: string
  readonly afterRows?: string
  readonly sharedStrings?: string
  readonly formats?: string
  readonly styles?: string
  readonly workbook?: string
  readonly head?: string
}

/** The entries of a workbook with one sheet, whose rows are given as the XML inside `<sheetData>`. */
export function workbookEntries(book: HandmadeWorkbook): HandmadeEntry[] {
  const relationship = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`
  return [
    { name: '_rels/.rels', data: `<Relationships>${relationship('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships>${relationship('s1', 'worksheet', '/xl/worksheets/sheet1.xml')}${relationship('t', 'sharedStrings', 'sharedStrings.xml')}${relationship('u', 'styles', 'styles.xml')}</Relationships>`,
    },
    { name: 'xl/workbook.xml', data: book.workbook ?? '<workbook><sheets><sheet name="客户" sheetId="1" r:id="s1"/></sheets></workbook>' },
    { name: 'xl/sharedStrings.xml', data: `<sst>${book.sharedStrings ?? ''}</sst>` },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet><numFmts>${book.formats ?? ''}</numFmts><cellXfs>${book.styles ?? '<xf numFmtId="0"/>'}</cellXfs></styleSheet>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `${book.head ?? ''}<worksheet><sheetData>${book.sheet ?? ''}</sheetData>${book.afterRows ?? ''}</worksheet>`,
    },
  ]
}

export function handmadeWorkbook(book: HandmadeWorkbook): Buffer {
  return handmadeZip(workbookEntries(book))
}
