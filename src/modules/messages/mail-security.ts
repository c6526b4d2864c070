/** How the connection is protected: TLS from the first byte, STARTTLS that must succeed, or nothing (only to this machine). */
export const mailSecurities = ['tls', 'starttls', 'none'] as const
export type MailSecurity = (typeof mailSecurities)[number]
