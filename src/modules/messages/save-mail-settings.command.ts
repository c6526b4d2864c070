import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { storedSettings } from '../company/settings.query.ts'
import { MAIL_PASSWORD, MAIL_SETTINGS, passwordPlace, type SealedPassword, storedMailSettings } from './mail-settings.query.ts'
import { type MailSettings, passwordGoesTo } from './mail-settings.ts'
import { deletePassword, insertPassword, updatePassword } from './message.store.ts'

/**
 * Saves the e-mail settings. A stored password goes only where it was entered for: with another server, port, protection or user it must be said again (messages.passwordNeeded).
 * The audit entry names the settings and that the password changed, never the password.
 */
export async function saveMailSettings(
  tx: Tx,
  settings: MailSettings,
  password: string | undefined,
  version: number,
  { secrets }: MailAccess,
): Promise<void> {
  const stored = await storedMailSettings(tx)
  const goesElsewhere = passwordGoesTo.some((field) => stored.settings[field] !== settings[field])
  if (settings.user === '' && password !== undefined && password !== '')
    throw new Problem('messages.passwordWithoutUser', {}, { path: 'user' })
  if (settings.user !== '' && password === undefined && (goesElsewhere || stored.password === undefined))
    throw new Problem('messages.passwordNeeded', {}, { path: 'password' })
  await saveSettings(tx, MAIL_SETTINGS, { ...settings, ...(await passwordSince(tx, settings, password)) }, version)
  if (settings.user === '') removePassword(tx, stored.password)
  else if (password !== undefined) storePassword(tx, stored.password, (id) => secrets.seal(password, passwordPlace(tx.caller.tenantId, id)))
}

/** When the password was entered: now, or as it stands while it stays. */
async function passwordSince(tx: Tx, { user }: MailSettings, password: string | undefined): Promise<{ passwordSetAt?: string }> {
  if (password !== undefined) return { passwordSetAt: tx.at.toISOString() }
  const { passwordSetAt } = (await storedSettings(tx, MAIL_SETTINGS)).value
  return user === '' || typeof passwordSetAt !== 'string' ? {} : { passwordSetAt }
}

function removePassword(tx: Tx, known: SealedPassword | undefined): void {
  if (known) deletePassword(tx, known.id)
}

function storePassword(tx: Tx, known: SealedPassword | undefined, sealed: (id: string) => string): void {
  const id = known?.id ?? uuid()
  if (known) updatePassword(tx, { id, sealed: sealed(id), version: known.version })
  else insertPassword(tx, { id, name: MAIL_PASSWORD, sealed: sealed(id) })
}
