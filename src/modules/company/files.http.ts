import type { FastifyRequest } from 'fastify'
import { Problem } from '../../kernel/problem.ts'
import { type BoundRoute, download, handle, read, signedIn, write } from '../../platform/http.ts'
import { attachFile, removeFile } from './attach-files.command.ts'
import { ATTACHMENT_BYTES_MOST } from './attachable.ts'
import * as api from './files.api.ts'
import { attachments, type FileRow, file, fileContent, type Run, run, runs } from './files.query.ts'

export const filesHttp: readonly BoundRoute[] = [
  read(api.getFiles, async (reader, { query }) => ({ items: (await attachments(reader, query.entity, query.entityId)).map(shownFile) })),
  handle(api.postFile, async ({ db, request, reply, caller }, { query }) => {
    const { name, content } = await uploaded(request)
    const known = signedIn(caller)
    const id = await db.transaction(known, (tx) => attachFile(tx, { ...query, name, content }))
    reply.code(201)
    return shownFile(await db.read(known, (reader) => file(reader, id)))
  }),
  download(api.getFile, async ({ db, caller }, { params }) => {
    const { name, contentType } = await db.read(caller, (reader) => file(reader, params.id))
    return { name, contentType, content: fileContent(db, caller, params.id) }
  }),
  write(api.deleteFile, async (tx, { params }) => {
    await removeFile(tx, params.id)
    return { ok: true as const }
  }),
  read(api.getRuns, async (reader, { query }) => ({ items: (await runs(reader, query.kind)).map(shownRun) })),
  read(api.getRun, async (reader, { params }) => shownRun(await run(reader, params.id))),
]

async function uploaded(request: FastifyRequest): Promise<{ name: string; content: Buffer }> {
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: ATTACHMENT_BYTES_MOST } }) : undefined
  if (!part) throw new Problem('company.fileMissing', {}, { kind: 'invalid', path: 'file' })
  const content = await part.toBuffer().catch((error: { code?: string }) => {
    if (error.code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Problem('company.fileTooLarge', { most: ATTACHMENT_BYTES_MOST / 1024 / 1024 }, { kind: 'tooLarge' })
    throw error
  })
  return { name: part.filename, content }
}

function shownFile({ id, name, contentType, size, createdByName, createdAt }: FileRow) {
  return { id, name, contentType, size: String(size), createdBy: createdByName, createdAt: createdAt.toISOString() }
}

function shownRun(found: Run) {
  return {
    ...found,
    done: Number(found.done),
    total: found.total === null ? null : Number(found.total),
    refused: Number(found.refused),
    createdAt: found.createdAt.toISOString(),
    finishedAt: found.finishedAt?.toISOString() ?? null,
  }
}
