import { Problem } from '../../kernel/problem.ts'
import { type XmlListener, xmlTokens } from './xml-tokens.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Reads one XML part of a zip to its end. UTF-8 only, as every known producer writes; other bytes are `files.damaged`. */
export async function readXml(zip: ZipArchive, part: string, bytesMax: number, listener: XmlListener): Promise<void> {
  for await (const _ of feedXml(zip, part, bytesMax, listener));
}

/** The same step by step: yields after each piece, so that the caller can hand on what it has heard and keep memory flat. */
export async function* feedXml(zip: ZipArchive, part: string, bytesMax: number | undefined, listener: XmlListener): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const tokens = xmlTokens(listener, part)
  const decoded = (chunk?: Buffer) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new Problem('files.damaged', { part })
    }
  }
  for await (const chunk of zip.read(part, bytesMax)) {
    if (listener.isDone === true) continue
    tokens.push(decoded(chunk))
    yield
  }
  if (listener.isDone === true) return
  tokens.push(decoded())
  tokens.end()
  yield
}
