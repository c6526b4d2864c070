import { uuid } from '../../src/kernel/uuid.ts'
import type { Person, Reply, TestApp } from './app.ts'

export type Uploaded = {
  readonly kind: string
  readonly name: string
  readonly content: string | Buffer
  readonly map?: string
  readonly language?: string
}

/** Uploads a file as a browser does: multipart, one part. */
export async function upload(person: Person, app: TestApp, { kind, name, content, map, language }: Uploaded): Promise<Reply> {
  const boundary = `----${uuid()}`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)])
  const query = new URLSearchParams({ kind, ...(map === undefined ? {} : { map }) })
  const answer = await app.server.inject({
    method: 'POST',
    url: `/api/imports?${query}`,
    payload,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'x-test-caller': person.caller.actorId,
      'x-huikuan': 'test',
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
  })
  return {
    status: answer.statusCode,
    body: answer.payload === '' ? undefined : JSON.parse(answer.payload),
    headers: answer.headers,
    raw: answer.rawPayload,
  }
}
