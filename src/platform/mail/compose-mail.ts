import MailComposer from 'nodemailer/lib/mail-composer'

export type Mail = {
  /** The Message-ID between its angle brackets: the same for every attempt, so that two copies are one message to who receives them. */
  readonly headerId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string | null
  readonly to: readonly string[]
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly date: Date
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly content: Buffer }[]
}

/** The mail as it goes over the wire (RFC 5322). Nothing is read from files or fetched from addresses that stand in it. */
export function composeMail({ headerId, from, replyTo, to, subject, html, text, date, attachments }: Mail): Promise<Buffer> {
  return new MailComposer({
    subject,
    html,
    text,
    date,
    messageId: `<${headerId}>`,
    from: { name: from.name, address: from.address },
    to: to.map((address) => ({ name: '', address })),
    ...(replyTo === null ? {} : { replyTo: { name: '', address: replyTo } }),
    attachments: attachments.map(({ name, contentType, content }) => ({ filename: name, contentType, content })),
    // So that out-of-office programs do not answer (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
