import type { MailSecurity } from './mail-security.ts'

/** How a company sends its mail. The password stands elsewhere, sealed. */
export type MailSettings = {
  /** Empty: nothing has been set. */
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  /** Empty: the server asks for no sign-in. */
  readonly user: string
  readonly senderName: string
  readonly senderAddress: string
  /** Empty: answers go to the sender. */
  readonly replyTo: string
  /** Most messages a minute that the mail server is given. */
  readonly perMinute: number
}

export const noMailSettings: MailSettings = {
  host: '',
  port: 465,
  security: 'tls',
  user: '',
  senderName: '',
  senderAddress: '',
  replyTo: '',
  perMinute: 60,
}

/** Where the password goes: whoever changes one of these says the password anew, so that a stored one is never sent to another server. */
export const passwordGoesTo = ['host', 'port', 'security', 'user'] as const satisfies readonly (keyof MailSettings)[]
