import mjml2html from 'mjml'

/** MJML to one HTML document. Slow (tens of milliseconds): once a template, not once a message. Throws on MJML that is not valid, and fetches nothing: includes are off. */
export async function htmlOfMjml(mjml: string): Promise<string> {
  const { html } = await mjml2html(mjml, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} })
  return html
    .replace(/\n\s+/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
