import type { Language } from '../../kernel/language.ts'
import type { Tx } from '../../platform/db.ts'
import type { TemplateKey } from './ladder.ts'
import type { TemplateText } from './template-fields.ts'

type Which = { readonly key: TemplateKey; readonly language: Language }

/** `version` 0: there is none yet. */
export function storeTemplate(tx: Tx, template: Which & TemplateText & { readonly version: number }): void {
  const { version, ...text } = template
  const saved = { ...text, savedBy: tx.caller.actorId, savedAt: tx.at }
  if (version === 0) tx.insert('dunning_templates', [saved])
  else
    tx.update('dunning_templates', [{ ...saved, version }], {
      match: ['key', 'language'],
      set: ['subject', 'body', 'savedBy', 'savedAt'],
      expect: ['version'],
    })
}

export function dropTemplate(tx: Tx, { key, language }: Which): void {
  tx.delete('dunning_templates', [{ key, language }], ['key', 'language'])
}
