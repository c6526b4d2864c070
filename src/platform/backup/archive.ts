import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { StartRefused } from '../start-refused.ts'

/**
 * One file: the magic, then records of a kind (1 byte), a length (4 bytes) and a payload. `P` opens a part (its name), `D` holds a piece of its
 * zstd stream, `E` ends it (SHA-256 of the content before compression), `M` is the manifest, `Z` the SHA-256 of everything before it.
 */
const MAGIC = 'HUIKUAN-BACKUP-'
const FORMAT = 1
const FIRST_LINE_BYTES = MAGIC.length + 3
const PIECE_BYTES_MAX = 1024 * 1024
const MANIFEST_BYTES_MAX = 16 * 1024 * 1024
const COMPRESSION_LEVEL = 3

export type ArchiveWriter = {
  /** Compresses and writes one part; returns the SHA-256 of its content in hex. */
  readonly part: (name: string, content: Readable) => Promise<string>
  /** Manifest, checksum of the whole, flushed to disk. */
  readonly finish: (manifest: object) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a file that must not exist yet, readable by this user only. */
export async function createArchive(file: string): Promise<ArchiveWriter> {
  const handle = await open(file, 'wx', 0o600)
  const whole = createHash('sha256')
  const write = async (bytes: Buffer): Promise<void> => {
    whole.update(bytes)
    await handle.write(bytes)
  }
  const record = async (kind: string, payload: Buffer): Promise<void> => {
    await write(recordHead(kind, payload.length))
    await write(payload)
  }
  await write(Buffer.from(`${MAGIC}${String(FORMAT).padStart(2, '0')}\n`))
  return {
    part: async (name, content) => {
      const hash = createHash('sha256')
      await record('P', Buffer.from(name))
      for await (const piece of compressed(content, hash)) await record('D', piece)
      const digest = hash.digest()
      await record('E', digest)
      return digest.toString('hex')
    },
    finish: async (manifest) => {
      await record('M', Buffer.from(JSON.stringify(manifest)))
      await handle.write(Buffer.concat([recordHead('Z', 32), whole.digest()]))
      await handle.sync()
    },
    close: () => handle.close(),
  }
}

/** What a reader does with a part: it must read `content` to its end. */
export type PartReader = (name: string, content: Readable) => Promise<void>

/**
 * Reads an archive from first to last byte, hands each part on and returns the manifest. Throws (`StartRefused`) as soon as anything is not as
 * it was written. Nothing that `onPart` did may be kept unless the promise resolves.
 */
export async function readArchive(file: string, onPart: PartReader): Promise<unknown> {
  const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new StartRefused(`The backup ${file} cannot be opened: ${cause.code === 'ENOENT' ? 'there is no such file' : cause.message}.`, {
      cause,
    })
  })
  try {
    return await readRecords(new RecordReader(handle, file), onPart)
  } finally {
    await handle.close()
  }
}

async function readRecords(reader: RecordReader, onPart: PartReader): Promise<unknown> {
  await reader.readFirstLine()
  for (;;) {
    const { kind, payload } = await reader.next(MANIFEST_BYTES_MAX)
    if (kind === 'P') await readPart(reader, payload.toString('utf8'), onPart)
    else if (kind === 'M') return await readEnd(reader, payload)
    else throw reader.damaged()
  }
}

async function readPart(reader: RecordReader, name: string, onPart: PartReader): Promise<void> {
  const hash = createHash('sha256')
  let recorded: Buffer | undefined
  async function* pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      const { kind, payload } = await reader.next(PIECE_BYTES_MAX)
      if (kind === 'D') yield payload
      else if (kind === 'E') {
        recorded = payload
        return
      } else throw reader.damaged()
    }
  }
  async function* content(): AsyncGenerator<Buffer> {
    for await (const piece of plain(pieces())) {
      hash.update(piece)
      yield piece
    }
  }
  try {
    await onPart(name, Readable.from(content(), { objectMode: false }))
  } catch (error) {
    // zlib's own words for a damaged stream tell the operator nothing.
    throw /^(Z|ZSTD)_/.test(String((error as { code?: string }).code)) ? reader.damaged(error) : error
  }
  if (recorded === undefined || !hash.digest().equals(recorded)) throw reader.damaged()
}

async function readEnd(reader: RecordReader, manifest: Buffer): Promise<unknown> {
  const whole = reader.hash()
  const { kind, payload } = await reader.next(32)
  if (kind !== 'Z' || !payload.equals(whole) || !(await reader.isAtEnd())) throw reader.damaged()
  return JSON.parse(manifest.toString('utf8'))
}

class RecordReader {
  readonly #handle: FileHandle
  readonly #file: string
  readonly #whole = createHash('sha256')

  constructor(handle: FileHandle, file: string) {
    this.#handle = handle
    this.#file = file
  }

  async readFirstLine(): Promise<void> {
    const line = (await this.#read(FIRST_LINE_BYTES, true)).toString('latin1')
    const format = /^HUIKUAN-BACKUP-(\d\d)\n$/.exec(line)?.[1]
    if (format === undefined) throw new StartRefused(`${this.#file} is not a backup of Huikuan.`)
    if (Number(format) !== FORMAT)
      throw new StartRefused(
        `${this.#file} has backup format ${Number(format)}, which this version does not read: restore it with the version that wrote it.`,
      )
  }

  async next(bytesMax: number): Promise<{ kind: string; payload: Buffer }> {
    const head = await this.#read(5)
    const length = head.readUInt32BE(1)
    if (length > bytesMax) throw this.damaged()
    return { kind: head.toString('latin1', 0, 1), payload: await this.#read(length) }
  }

  /** SHA-256 of everything read so far. */
  hash(): Buffer {
    return this.#whole.copy().digest()
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.#handle.read(Buffer.alloc(1), 0, 1)).bytesRead === 0
  }

  damaged(cause?: unknown): StartRefused {
    return new StartRefused(`The backup ${this.#file} is damaged or incomplete: nothing was restored. Take another copy of it.`, { cause })
  }

  async #read(length: number, mayBeShort = false): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    if (filled < length && !mayBeShort) throw this.damaged()
    this.#whole.update(bytes.subarray(0, filled))
    return bytes.subarray(0, filled)
  }
}

function recordHead(kind: string, length: number): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind, 'latin1')
  head.writeUInt32BE(length, 1)
  return head
}

/** At most a piece at a time in memory; failures of the source reach the reader. */
async function* compressed(content: Readable, hash: Hash): AsyncGenerator<Buffer> {
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL } })
  content.on('data', (piece: Buffer) => hash.update(piece))
  content.on('error', (error) => zstd.destroy(error))
  for await (const piece of content.pipe(zstd)) {
    const bytes = piece as Buffer
    for (let at = 0; at < bytes.length; at += PIECE_BYTES_MAX) yield bytes.subarray(at, at + PIECE_BYTES_MAX)
  }
}

/** Ends only after the last piece was read: the caller closes the file next. */
async function* plain(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(pieces)
  const zstd = createZstdDecompress()
  // A failure of either side destroys the other and reaches the loop below through `zstd`.
  pipeline(source, zstd).catch(() => undefined)
  try {
    for await (const piece of zstd) yield piece as Buffer
  } finally {
    source.destroy()
    await pieces.return(undefined)
  }
}
