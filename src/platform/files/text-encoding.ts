import { createReadStream } from 'node:fs'
import { Problem } from '../../kernel/problem.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'

/**
 * Which encoding the whole file is written in: by its byte order mark, else UTF-8 if every byte fits, else Big5 or GB18030 (which
 * includes GBK and GB2312). Reads the file once or twice, a piece at a time. A NUL byte means that it is no text: `files.nulBytes`.
 * @throws Problem `files.unknownEncoding` when the bytes fit none of them, or not the one that was asked for
 */
export async function detectEncoding(path: string, asked?: TextEncoding): Promise<TextEncoding> {
  const marked = await byteOrderMark(path)
  const candidates = marked !== undefined ? [marked] : asked !== undefined ? [asked] : (['utf-8', await chineseEncoding(path)] as const)
  for (const encoding of new Set(candidates)) if (await fits(path, encoding)) return encoding
  throw new Problem('files.unknownEncoding')
}

/** The file's text, decoded strictly, without byte order mark. */
export async function* decodedText(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield decoder.decode(chunk as Buffer, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Problem('files.unknownEncoding')
    throw error
  }
}

async function byteOrderMark(path: string): Promise<TextEncoding | undefined> {
  for await (const chunk of createReadStream(path, { end: 2 })) {
    const head = chunk as Buffer
    if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
    if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  }
  return undefined
}

async function fits(path: string, encoding: TextEncoding): Promise<boolean> {
  let line = 1
  try {
    for await (const text of decodedText(path, encoding)) {
      const at = text.indexOf('\0')
      if (at >= 0) throw new Problem('files.nulBytes', { line: line + lineFeeds(text.slice(0, at)) })
      line += lineFeeds(text)
    }
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'files.unknownEncoding') return false
    throw error
  }
}

function lineFeeds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

const SAMPLE_BYTES = 1024 * 1024
/** Second bytes below 0x7F are every second or third character in Big5, and rare (names, old forms) in simplified text. */
const LOW_SECOND_BYTES_PERCENT = 20

/** Big5 or GB18030? Both use two bytes a character, in overlapping ranges; how the second bytes are spread tells them apart. */
async function chineseEncoding(path: string): Promise<'gb18030' | 'big5'> {
  let pairs = 0
  let lowSeconds = 0
  let lead = 0
  for await (const chunk of createReadStream(path, { end: SAMPLE_BYTES })) {
    for (const byte of chunk as Buffer) {
      if (lead === 0) {
        if (byte >= 0x80) lead = byte
        continue
      }
      pairs++
      // Never leads of Big5's characters, or the second byte of a four-byte GB18030 character.
      if (lead < 0xa1 || (byte >= 0x30 && byte <= 0x39)) return 'gb18030'
      if (byte < 0x7f) lowSeconds++
      lead = 0
    }
  }
  return lowSeconds * 100 > pairs * LOW_SECOND_BYTES_PERCENT ? 'big5' : 'gb18030'
}
