import type { Caller } from '../../src/platform/caller.ts'
import { SYSTEM_ACTOR } from '../../src/platform/caller.ts'

/** A caller for tests that go below HTTP. */
export function callerOf(tenantId: number, more: Partial<Caller> = {}): Caller {
  return {
    tenantId,
    actorId: SYSTEM_ACTOR,
    actorKind: 'person',
    name: 'tester',
    role: 'administrator',
    permissions: new Set(),
    scope: { kind: 'all' },
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    baseCurrency: 'CNY',
    fourEyes: true,
    ...more,
  }
}
