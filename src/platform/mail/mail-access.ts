import type { Secrets } from '../secrets.ts'

/** What sending mail needs of the installation: the key that passwords are sealed with, and the inner mail servers (host:port) that the operator has named. */
export type MailAccess = { readonly secrets: Secrets; readonly innerServers: readonly string[] }
