import { type BoundRoute, handle, read, signedIn, write } from '../../platform/http.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import { word } from '../../platform/words.ts'
import { company } from '../company/company.query.ts'
import * as api from './mail-settings.api.ts'
import { ownAddress, storedMailSettings } from './mail-settings.query.ts'
import { saveMailSettings } from './save-mail-settings.command.ts'
import { switchSending } from './switch-sending.command.ts'
import { testMail } from './test-mail.command.ts'

const ok = { ok: true } as const

/** They seal and open the password, so they are given the key. */
export function mailSettingsHttp(mail: MailAccess): readonly BoundRoute[] {
  return [
    read(api.getMailSettings, async (reader) => {
      const { settings, version, password } = await storedMailSettings(reader)
      const { host, port, security, user, senderName, senderAddress, replyTo, perMinute } = settings
      const { sendingEnabled, version: companyVersion } = await company(reader)
      const shown = { host, port, security, user, senderName, senderAddress, replyTo, perMinute, version }
      return { ...shown, hasPassword: password !== undefined, sendingEnabled, companyVersion, testTo: (await ownAddress(reader)) ?? '' }
    }),
    write(api.putMailSettings, async (tx, { body: { password, version, ...settings } }) => {
      await saveMailSettings(tx, settings, password, version, mail)
      return ok
    }),
    handle(api.postMailTest, async ({ db, caller }) => {
      const by = signedIn(caller)
      const { delivery, to, milliseconds } = await testMail(db, by, mail)
      const { outcome, answer } = delivery
      return { outcome, answer, to, milliseconds, sentence: word(by.language, `messages.testOutcomes.${outcome}`, { to, answer })! }
    }),
    write(api.putSending, async (tx, { body }) => {
      await switchSending(tx, body.enabled, body.companyVersion)
      return ok
    }),
  ]
}
