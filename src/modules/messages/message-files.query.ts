import type { Reader } from '../../platform/db.ts'
import type { Mail } from '../../platform/mail/compose-mail.ts'
import { sql } from '../../platform/sql.ts'

/** Bytes of all files of one message: more is refused by most mail servers. */
export const ATTACHED_BYTES_MOST = 15_000_000

/** Which of these messages have a file that is not there any more, or files too large to go along. */
export async function withoutTheirFiles(
  reader: Reader,
  messages: readonly { readonly id: string; readonly fileIds: readonly string[] }[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(messages.flatMap(({ fileIds }) => fileIds))]
  if (ids.length === 0) return new Set()
  const sizes = await reader.all<{ id: string; size: bigint }>(
    sql`select f.id, f.size from ar.files f where f.tenant_id = ${reader.caller.tenantId} and f.id = any(${ids}::uuid[]) limit 10000`,
  )
  const sizeOf = new Map(sizes.map(({ id, size }) => [id, size]))
  const isWhole = (fileIds: readonly string[]): boolean =>
    fileIds.every((id) => sizeOf.has(id)) && fileIds.reduce((sum, id) => sum + sizeOf.get(id)!, 0n) <= ATTACHED_BYTES_MOST
  return new Set(messages.filter(({ fileIds }) => !isWhole(fileIds)).map(({ id }) => id))
}

/** The files that go along, in their order. Throws when one is not there any more or all together are too large. */
export async function attachmentsOf(reader: Reader, fileIds: readonly string[]): Promise<Mail['attachments']> {
  if (fileIds.length === 0) return []
  const { tenantId } = reader.caller
  const files = await reader.all<{ id: string; name: string; contentType: string; size: bigint }>(
    sql`select f.id, f.name, f.content_type, f.size from ar.files f where f.tenant_id = ${tenantId} and f.id = any(${fileIds}::uuid[]) limit 100`,
  )
  const size = files.reduce((sum, file) => sum + file.size, 0n)
  if (files.length !== fileIds.length || size > ATTACHED_BYTES_MOST) throw new Error('a file of the message is missing or too large')
  const pieces = await reader.all<{ fileId: string; content: Buffer }>(
    sql`select p.file_id, p.content from ar.file_pieces p where p.tenant_id = ${tenantId} and p.file_id = any(${fileIds}::uuid[]) order by p.file_id, p.piece limit 1000`,
  )
  return fileIds.map((id) => {
    const { name, contentType } = files.find((file) => file.id === id)!
    return { name, contentType, content: Buffer.concat(pieces.filter((piece) => piece.fileId === id).map((piece) => piece.content)) }
  })
}
