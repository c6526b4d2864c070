import { minorUnits } from '../../kernel/currency.ts'
import { isLanguage } from '../../kernel/language.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertLadder, insertVersion } from './ladder.store.ts'
import { isStandardThere } from './ladders.query.ts'
import { standardLadder } from './standard-ladder.ts'

/** The standard ladder, for the founding of a company and, once, for companies that were founded before there was dunning. Does nothing where there is one. */
export async function foundLadder(tx: Tx): Promise<void> {
  if ((await isStandardThere(tx)) !== undefined) return
  await tx.all(sql`select 1 from ar.tenants t where t.tenant_id = ${tx.caller.tenantId} for no key update`)
  if ((await isStandardThere(tx)) !== undefined) return // two processes that found it missing take turns here
  const { language, baseCurrency } = tx.caller
  const { name, ...content } = standardLadder(isLanguage(language) ? language : 'zh-CN', minorUnits(baseCurrency))
  const id = uuid()
  insertLadder(tx, { id, name, isStandard: true, draft: null })
  insertVersion(tx, {
    id: uuid(),
    ladderId: id,
    no: 1,
    content,
    validFrom: tx.today,
    draftedBy: null,
    publishedBy: null,
    publishedHow: 'founded',
    requestId: null,
  })
  tx.audit({ action: 'dunning.ladderFounded', entity: 'dunningLadder', entityId: id, after: { name, levels: content.levels.length } })
}
