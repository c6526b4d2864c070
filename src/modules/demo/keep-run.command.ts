import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { insertDemoRun } from './demo-run.store.ts'

/** Notes a demo company that was made from the command line with the company that may look into it. */
export function keepRun(tx: Tx, { seed, demoTenantId }: { readonly seed: number; readonly demoTenantId: number }): void {
  insertDemoRun(tx, { id: uuid(), seed, status: 'done' }, { demoTenantId })
  tx.audit({ action: 'demo.asked', entity: 'demo', detail: { seed } })
}
