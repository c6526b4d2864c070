import { builtInCalendar, type Calendar, formatCalendar } from './excel-day.ts'
import { CONTENTS_BYTES_MAX } from './limits.ts'
import { readXml } from './xml-part.ts'
import { attribute, decodeXmlText } from './xml-tokens.ts'
import type { ZipArchive } from './zip-archive.ts'

/** For each cell style (the `s` of a cell): does it show its number as a day, a time, or a number? */
export async function readStyles(zip: ZipArchive, part: string | undefined): Promise<readonly Calendar[]> {
  const styles: Calendar[] = []
  if (part === undefined) return styles
  const formats = new Map<number, Calendar>()
  let isCellStyles = false
  await readXml(zip, part, CONTENTS_BYTES_MAX, {
    open(name, attributes) {
      if (name === 'cellXfs') isCellStyles = true
      else if (name === 'numFmt') {
        const code = decodeXmlText(attribute(attributes, 'formatCode') ?? '')
        formats.set(Number(attribute(attributes, 'numFmtId')), formatCalendar(code))
      } else if (name === 'xf' && isCellStyles) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        styles.push(formats.get(id) ?? builtInCalendar(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false
    },
    text() {},
  })
  return styles
}
