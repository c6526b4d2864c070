import type { Tx } from '../../platform/db.ts'

const PIECE_BYTES = 1024 * 1024

export function insertAttachment(
  tx: Tx,
  file: { id: string; entity: string; entityId: string; name: string; contentType: string; sha256: Buffer },
  content: Buffer,
): void {
  tx.insert('files', [{ ...file, purpose: 'attachment', size: content.length, createdBy: tx.caller.actorId }])
  const pieces = Array.from({ length: Math.ceil(content.length / PIECE_BYTES) }, (_, piece) => ({
    fileId: file.id,
    piece,
    content: content.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES),
  }))
  tx.insert('file_pieces', pieces)
}

export function deleteFile(tx: Tx, id: string): void {
  tx.delete('files', [{ id }])
}
