import { assert } from '../../kernel/assert.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { escapeHtml, type Facts, fillTemplate, type Pieces, readTemplate } from './logic-less.ts'
import type { MessageFrame } from './message.ts'

/** How a message's HTML is kept: written out (what is being or was sent always is), or as a frame and its facts. */
export type StoredHtml = { readonly html: string | null; readonly frameId: string | null; readonly facts: Facts | null }

/** The HTML of stored messages, in their order. */
export async function htmlOfMessages(reader: Reader, stored: readonly StoredHtml[]): Promise<string[]> {
  const late = stored.filter(({ html }) => html === null)
  const frames = await framesOf(reader, [...new Set(late.map(({ frameId }) => frameId!))])
  return stored.map(({ html, frameId, facts }) => html ?? fillTemplate(frames.get(frameId!)!, facts!, escapeHtml))
}

async function framesOf(reader: Reader, ids: readonly string[]): Promise<Map<string, Pieces>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.all<MessageFrame>(
    sql`select f.id, f.html from ar.message_frames f where f.tenant_id = ${reader.caller.tenantId} and f.id = any(${ids}::uuid[]) limit 1000`,
  )
  assert(rows.length === ids.length, 'every frame of a message is kept')
  return new Map(rows.map(({ id, html }) => [id, readTemplate(html, true)]))
}
