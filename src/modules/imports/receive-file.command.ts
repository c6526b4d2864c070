import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../kernel/problem.ts'
import { FILE_BYTES_MAX } from '../../platform/files/limits.ts'
import type { ReceivedFile } from './upload-import.command.ts'

const NAME_CHARS_MOST = 200

/**
 * Receives the one file of a multipart request onto this machine's disk, counting and hashing as it comes, and gives it to `use`. The user's file name is a label, never a
 * path. Throws imports.noFile, files.fileTooLarge (as soon as the limit is passed).
 */
export async function withReceivedFile<T>(request: FastifyRequest, use: (file: ReceivedFile) => Promise<T>): Promise<T> {
  const tooLarge = () => new Problem('files.fileTooLarge', { limit: FILE_BYTES_MAX / 1024 / 1024 }, { kind: 'tooLarge' })
  if (!request.isMultipart()) throw new Problem('imports.noFile', {}, { kind: 'invalid' })
  const part = await request.file({ limits: { fileSize: FILE_BYTES_MAX, files: 1 }, throwFileSizeLimit: false })
  if (part === undefined) throw new Problem('imports.noFile', {}, { kind: 'invalid' })
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-upload-'))
  try {
    const path = join(folder, 'file')
    const hash = createHash('sha256')
    let size = 0
    await pipeline(
      part.file,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
    if (part.file.truncated) throw tooLarge()
    return await use({ path, name: label(part.filename), size, sha256: hash.digest() })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** '../../etc/passwd' and 'C:\tables\list.xlsx' are called by their last part; control and direction-changing characters go. */
function label(filename: string): string {
  const last = basename(filename.replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  const cut = last.length > NAME_CHARS_MOST ? last.slice(-NAME_CHARS_MOST) : last
  return cut === '' || cut === '.' || cut === '..' ? 'file' : cut
}
