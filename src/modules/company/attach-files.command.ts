import { createHash } from 'node:crypto'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { type Attachable, shownFileName, sniffedType } from './attachable.ts'
import { file, requireParent } from './files.query.ts'
import { deleteFile, insertAttachment } from './files.store.ts'

export type GivenFile = { readonly entity: Attachable; readonly entityId: string; readonly name: string; readonly content: Buffer }

/** Keeps a file with its document. Throws company.fileType (422) for what is neither document nor picture, company.fileEmpty. */
export async function attachFile(tx: Tx, { entity, entityId, name: given, content }: GivenFile): Promise<string> {
  await requireParent(tx, entity, entityId, 'edit')
  const name = shownFileName(given)
  if (content.length === 0) throw new Problem('company.fileEmpty', { name })
  const contentType = sniffedType(content, name)
  if (contentType === undefined) throw new Problem('company.fileType', { name })
  const id = uuid()
  const sha256 = createHash('sha256').update(content).digest()
  insertAttachment(tx, { id, entity, entityId, name, contentType, sha256 }, content)
  tx.audit({
    action: 'files.attached',
    entity,
    entityId,
    after: { file: id, contentType, size: content.length, sha256: sha256.toString('hex') },
  })
  return id
}

export async function removeFile(tx: Tx, id: string): Promise<void> {
  const found = await file(tx, id, 'edit')
  deleteFile(tx, id)
  tx.audit({
    action: 'files.removed',
    entity: found.entity ?? 'file',
    ...(found.entityId ? { entityId: found.entityId } : {}),
    before: { file: id },
  })
}
