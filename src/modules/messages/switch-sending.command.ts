import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { setSending } from '../company/edit-company.command.ts'
import { storedMailSettings } from './mail-settings.query.ts'
import { keepQueued } from './message.store.ts'

/**
 * Sending on or off, on the record. What was queued before (in test mode, before a restore, while it was off) is kept: neither switch lets an old message out by itself.
 * On needs a mail server (messages.noMailServer).
 */
export async function switchSending(tx: Tx, enabled: boolean, companyVersion: number): Promise<void> {
  if (enabled && (await storedMailSettings(tx)).settings.host === '') throw new Problem('messages.noMailServer')
  if (await setSending(tx, enabled, companyVersion)) await keepQueued(tx)
}
