import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, validateFileName, type ZipFile } from 'yauzl'
import { Problem } from '../../kernel/problem.ts'
import { RATIO_FREE_BYTES, RATIO_MAX, UNPACKED_BYTES_MAX, ZIP_ENTRIES_MAX } from './limits.ts'

/** A checked zip: its parts by name (folders left out), each readable more than once, until `close`. */
export type ZipArchive = {
  has(part: string): boolean
  /** Unpacks one part piece by piece. Throws the `files.*` Problems of damage and of the limits while it reads. */
  read(part: string, bytesMax?: number): AsyncGenerator<Buffer>
  close(): void
}

/**
 * Opens a zip and checks its table of contents before anything is unpacked: number of entries, names that leave the folder, links,
 * encryption, and the sizes the entries declare. What they really unpack to is counted again while reading.
 */
export async function openZip(path: string): Promise<ZipArchive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false }).catch(asDamage)
  const entries = await checkedEntries(zip).catch((error: unknown) => {
    zip.close()
    return asDamage(error)
  })
  return {
    has: (part) => entries.has(part),
    read: (part, bytesMax = UNPACKED_BYTES_MAX) => unpack(zip, entries.get(part), part, bytesMax),
    close: () => zip.close(),
  }
}

async function checkedEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > ZIP_ENTRIES_MAX) throw new Problem('files.tooManyZipEntries', { limit: ZIP_ENTRIES_MAX })
  const entries = new Map<string, Entry>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const name = checkedName(entry)
    if (entry.isEncrypted()) throw new Problem('files.encrypted')
    total += entry.uncompressedSize
    refuseOversize(total, UNPACKED_BYTES_MAX)
    refuseBomb(entry.uncompressedSize, entry.compressedSize)
    if (entries.has(name)) throw new Problem('files.damaged', { part: name })
    if (!name.endsWith('/')) entries.set(name, entry)
  }
  return entries
}

const UNIX = 3
const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

function checkedName(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const isLink = entry.versionMadeBy >> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK
  if (isLink || name.includes('\0') || validateFileName(name) !== null)
    throw new Problem('files.unsafeZipEntry', { entry: name.slice(0, 100) })
  return name
}

function refuseOversize(bytes: number, bytesMax: number): void {
  if (bytes > bytesMax) throw new Problem('files.tooLargeUnpacked', { limit: Math.round(bytesMax / 1024 / 1024) }, { kind: 'tooLarge' })
}

function refuseBomb(unpacked: number, packed: number): void {
  if (unpacked > RATIO_FREE_BYTES && unpacked > packed * RATIO_MAX) throw new Problem('files.zipBomb', {}, { kind: 'tooLarge' })
}

async function* unpack(zip: ZipFile, entry: Entry | undefined, part: string, bytesMax: number): AsyncGenerator<Buffer> {
  if (entry === undefined) throw new Problem('files.damaged', { part })
  refuseOversize(entry.uncompressedSize, bytesMax)
  let stream: Readable | undefined
  let bytes = 0
  let checksum = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      refuseOversize(bytes, bytesMax)
      refuseBomb(bytes, entry.compressedSize)
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (error) {
    asDamage(error, part)
  } finally {
    stream?.destroy()
  }
  if (checksum !== entry.crc32) throw new Problem('files.damaged', { part })
}

/** Whatever the zip library or zlib throws about the bytes means one thing to the user; our own Problems and bugs pass through. */
function asDamage(error: unknown, part = 'zip'): never {
  if (error instanceof Problem || error instanceof TypeError || error instanceof ReferenceError) throw error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (/^E[A-Z]+$/.test(code) && !code.startsWith('ERR')) throw error
  throw new Problem('files.damaged', { part })
}
