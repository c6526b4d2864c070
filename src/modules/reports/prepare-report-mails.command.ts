import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { htmlOfMessages } from '../messages/html-of-messages.query.ts'
import type { ClaimedMessage, Preparation } from '../messages/prepare-messages.command.ts'
import { permissionsOf, type Role } from '../people/roles.ts'
import { reportDefinitions } from './definitions/index.ts'

type Row = { messageId: string; email: string; status: string; role: Role; report: string | null; isChanged: boolean }

/**
 * The preparer of reports by mail (messages/prepare-messages.command.ts): hours or, in test mode, months may lie between writing and sending. Who has left or may not see the report any
 * more gets none, nor does anybody whose role, scope or team may have been changed since it was written: the rows were chosen by the old one; who has another address gets it there.
 */
export async function prepareReportMails(tx: Tx, messages: readonly ClaimedMessage[]): Promise<Map<string, Preparation>> {
  const t = tx.caller.tenantId
  const rows = await tx.all<Row>(sql`select m.id as message_id, p.email, p.status, p.role, s.report,
      exists (select from ar.audit_log a where a.tenant_id = ${t} and a.entity_id = p.id and a.action = 'people.edited' and a.at > m.created_at) as is_changed
    from ar.messages m join ar.people p on p.tenant_id = ${t} and p.id = m.person_id left join ar.report_schedules s on s.tenant_id = ${t} and s.id = m.entity_id
    where m.tenant_id = ${t} and m.id = any(${messages.map(({ id }) => id)}::uuid[]) order by m.id limit 1000`)
  const byMessage = new Map(rows.map((row) => [row.messageId, row]))
  const htmls = await htmlOfMessages(tx, messages)
  return new Map(
    messages.map(({ id, subject, text }, index): [string, Preparation] => {
      const found = byMessage.get(id)
      if (found?.status !== 'active') return [id, { withhold: 'personLeft' }]
      if (found.isChanged || !maySee(found)) return [id, { withhold: 'mayNotSee' }]
      return [id, { send: { subject, text, html: htmls[index]!, to: [found.email] } }]
    }),
  )
}

function maySee({ role, report }: Row): boolean {
  const permissions = permissionsOf(role)
  const definition = reportDefinitions.find(({ key }) => key === report)
  return permissions.has('reports.view') && definition !== undefined && permissions.has(definition.permission)
}
