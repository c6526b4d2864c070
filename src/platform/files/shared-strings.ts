import { Problem } from '../../kernel/problem.ts'
import { decodeEscapes, detached } from './cell-text.ts'
import { CELL_CHARS_MAX, SHARED_STRINGS_BYTES_MAX, SHARED_STRINGS_MAX } from './limits.ts'
import { readXml } from './xml-part.ts'
import { decodeXmlText } from './xml-tokens.ts'
import type { ZipArchive } from './zip-archive.ts'

/** The workbook's table of texts, rich text as its plain text, phonetic hints (`rPh`) left out. */
export async function readSharedStrings(zip: ZipArchive, part: string | undefined): Promise<readonly string[]> {
  const strings: string[] = []
  if (part === undefined) return strings
  let text = ''
  let isText = false
  let isPhonetic = false
  await readXml(zip, part, SHARED_STRINGS_BYTES_MAX, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') {
        if (strings.length >= SHARED_STRINGS_MAX) throw new Problem('files.tooManyTexts', { limit: SHARED_STRINGS_MAX })
        strings.push(detached(decodeEscapes(text)))
      }
    },
    text(raw) {
      if (!isText) return
      text += decodeXmlText(raw)
      // Escapes (_x000D_) are seven characters for one; the decoded length is checked again where the cell is read.
      if (text.length > CELL_CHARS_MAX * 7) throw new Problem('files.textTooLong', { limit: CELL_CHARS_MAX })
    },
  })
  return strings
}
