import type { Language } from '../../kernel/language.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { TemplateKey } from './ladder.ts'
import { standardTemplates } from './standard-templates.ts'
import { dropTemplate, storeTemplate } from './template.store.ts'
import type { TemplateText } from './template-fields.ts'
import { refuseFaults } from './templates.query.ts'

type Which = { readonly key: TemplateKey; readonly language: Language }

/** Saves a company's own text; `version` is what was read (0 = the standard text). Throws dunning.templateWrong with every unknown field, platform.staleVersion. */
export async function saveTemplate(
  tx: Tx,
  which: Which,
  { version, subject, body }: TemplateText & { readonly version: number },
): Promise<void> {
  refuseFaults({ subject, body })
  const before = await lockTemplate(tx, which, version)
  storeTemplate(tx, { ...which, subject, body, version })
  tx.audit({
    action: 'dunning.templateSaved',
    entity: 'dunningTemplate',
    before: textOr(before, which),
    after: { subject, body },
    detail: which,
  })
}

/** Back to the standard text. Throws platform.staleVersion. */
export async function restoreTemplate(tx: Tx, which: Which, version: number): Promise<void> {
  const before = await lockTemplate(tx, which, version)
  dropTemplate(tx, which)
  tx.audit({
    action: 'dunning.templateRestored',
    entity: 'dunningTemplate',
    before: textOr(before, which),
    after: textOr(undefined, which),
    detail: which,
  })
}

/** What counted: a company's own text, else the standard one. */
function textOr(own: TemplateText | undefined, { key, language }: Which): TemplateText {
  const { subject, body } = own ?? standardTemplates[language][key]
  return { subject, body }
}

async function lockTemplate(tx: Tx, { key, language }: Which, version: number): Promise<(TemplateText & { version: number }) | undefined> {
  const found = await tx.maybe<TemplateText & { version: number }>(
    sql`select m.subject, m.body, m.version from ar.dunning_templates m where m.tenant_id = ${tx.caller.tenantId} and m.key = ${key} and m.language = ${language} for no key update`,
  )
  if ((found?.version ?? 0) !== version) throw new Problem('platform.staleVersion', { version: found?.version ?? 0 }, { kind: 'conflict' })
  return found
}
