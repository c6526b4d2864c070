/** The job that works off a company's outbox. */
export const SEND_TASK = 'messages.send'

/** One waiting job a company: asked for again, it is the same one. */
export function sendKey(tenantId: number): string {
  return `${SEND_TASK} ${tenantId}`
}
