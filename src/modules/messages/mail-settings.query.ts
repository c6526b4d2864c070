import type { Reader } from '../../platform/db.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import type { MailServer } from '../../platform/mail/mail-server.ts'
import { sql } from '../../platform/sql.ts'
import { storedSettings } from '../company/settings.query.ts'
import { type MailSettings, noMailSettings } from './mail-settings.ts'

/** The key of ar.settings, and the name of the sealed password in ar.secrets. */
export const MAIL_SETTINGS = 'mail'
export const MAIL_PASSWORD = 'mail.password'

export type StoredMailSettings = {
  readonly settings: MailSettings
  readonly version: number
  readonly password: SealedPassword | undefined
}
export type SealedPassword = { readonly id: string; readonly sealed: string; readonly version: number }

/** As the company has saved them. The password stays sealed. */
export async function storedMailSettings(reader: Reader): Promise<StoredMailSettings> {
  const { value, version } = await storedSettings(reader, MAIL_SETTINGS)
  const password = await reader.maybe<SealedPassword>(
    sql`select s.id, s.sealed, s.version from ar.secrets s where s.tenant_id = ${reader.caller.tenantId} and s.name = ${MAIL_PASSWORD}`,
  )
  return { settings: { ...noMailSettings, ...value } as MailSettings, version, password }
}

/** The server with its password opened. Throws when secret.key is not the one it was sealed with. */
export function serverOf({ settings, password }: StoredMailSettings, tenantId: number, { secrets }: MailAccess): MailServer {
  const { host, port, security, user } = settings
  const opened = password === undefined ? null : secrets.open(password.sealed, passwordPlace(tenantId, password.id))
  return { host, port, security, user: user === '' ? null : user, password: opened }
}

export function passwordPlace(tenantId: number, rowId: string) {
  return { tenantId, table: 'secrets', column: 'sealed', rowId }
}

/** The e-mail address of the person who asks; undefined for an API key or the program itself. */
export async function ownAddress(reader: Reader): Promise<string | undefined> {
  const found = await reader.maybe<{ email: string }>(
    sql`select p.email from ar.people p where p.tenant_id = ${reader.caller.tenantId} and p.id = ${reader.caller.actorId}`,
  )
  return found?.email
}
