import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { assert } from '../../kernel/assert.ts'
import { endStream, send } from './stream-writer.ts'

/** Fast and close to the best for XML; higher levels double the time for a few per cent. */
const COMPRESSION_LEVEL = 3
/** Sizes follow their data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const VERSION = 20
const DEFLATED = 8
/** 1 January 1980: a zip must carry a date, and the same table should give the same bytes. */
const DOS_DATE = 0x21
const SIZE_MAX = 0xffff_ffff

type Written = {
  readonly name: Buffer
  readonly offset: number
  readonly checksum: number
  readonly packed: number
  readonly unpacked: number
}

export type ZipWriter = {
  /** Adds one entry, compressing its pieces as they come. */
  add(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>
  /** Writes the table of contents and ends the stream. */
  end(): Promise<void>
}

/** A zip written as it is produced: nothing is held but the list of entries. No Zip64: an entry is below 4 GB. */
export function zipWriter(output: Writable): ZipWriter {
  const entries: Written[] = []
  let offset = 0
  const put = async (data: Buffer) => {
    offset += data.length
    await send(output, data)
  }
  return {
    async add(name, pieces) {
      const start = offset
      const nameBytes = Buffer.from(name, 'utf8')
      await put(localHeader(nameBytes))
      const dataStart = offset
      const sum = { checksum: 0, unpacked: 0 }
      await pipeline(measured(pieces, sum), createDeflateRaw({ level: COMPRESSION_LEVEL }), async (packed: AsyncIterable<Buffer>) => {
        for await (const data of packed) await put(data)
      })
      const entry = { name: nameBytes, offset: start, packed: offset - dataStart, ...sum }
      assert(offset < SIZE_MAX && sum.unpacked < SIZE_MAX, 'an export stays below 4 GB')
      await put(dataDescriptor(entry))
      entries.push(entry)
    },
    async end() {
      const start = offset
      for (const entry of entries) await put(centralHeader(entry))
      await put(endRecord(entries.length, start, offset - start))
      await endStream(output)
    },
  }
}

async function* measured(
  pieces: Iterable<string> | AsyncIterable<string>,
  sum: { checksum: number; unpacked: number },
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const data = Buffer.from(piece, 'utf8')
    sum.checksum = crc32(data, sum.checksum)
    sum.unpacked += data.length
    yield data
  }
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(DOS_DATE, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function dataDescriptor(entry: Omit<Written, 'name'>): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(entry.checksum, 4)
  descriptor.writeUInt32LE(entry.packed, 8)
  descriptor.writeUInt32LE(entry.unpacked, 12)
  return descriptor
}

function centralHeader(entry: Written): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(VERSION, 6)
  header.writeUInt16LE(FLAGS, 8)
  header.writeUInt16LE(DEFLATED, 10)
  header.writeUInt16LE(DOS_DATE, 14)
  header.writeUInt32LE(entry.checksum, 16)
  header.writeUInt32LE(entry.packed, 20)
  header.writeUInt32LE(entry.unpacked, 24)
  header.writeUInt16LE(entry.name.length, 28)
  header.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([header, entry.name])
}

function endRecord(count: number, start: number, size: number): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(start, 16)
  return record
}
