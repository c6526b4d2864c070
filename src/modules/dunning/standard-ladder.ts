import type { Language } from '../../kernel/language.ts'
import type { DunningAction, LadderContent, LevelRepeat } from './ladder.ts'

const STANDARD_DAYS_BETWEEN = 3
/** Days, least net debt in whole units of the base currency, actions: what a company starts with and changes as it likes. */
const rungs: readonly { key: string; days: number; minimum: bigint; actions: readonly DunningAction[]; repeat?: LevelRepeat }[] = [
  { key: 'friendly', days: -3, minimum: 5_000n, actions: [{ kind: 'email', template: 'friendly' }] },
  { key: 'overdue', days: 3, minimum: 1_000n, actions: [{ kind: 'email', template: 'overdue' }] },
  { key: 'salesperson', days: 15, minimum: 5_000n, actions: [{ kind: 'remindSalesperson', withinDays: 3 }] },
  { key: 'finance', days: 30, minimum: 20_000n, actions: [{ kind: 'escalate' }, { kind: 'email', template: 'formal' }] },
  { key: 'highRisk', days: 60, minimum: 50_000n, actions: [{ kind: 'flagHighRisk', hold: false }, { kind: 'email', template: 'formal' }], repeat: { everyDays: 30, most: 12 } }, // biome-ignore format: a level a line
]

const names: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    ladder: '标准催收流程',
    friendly: '到期前提醒',
    overdue: '逾期提醒',
    salesperson: '提醒销售员',
    finance: '升级财务',
    highRisk: '标记高风险',
  },
  'zh-TW': {
    ladder: '標準催收流程',
    friendly: '到期前提醒',
    overdue: '逾期提醒',
    salesperson: '提醒業務員',
    finance: '升級財務',
    highRisk: '標記高風險',
  },
  en: {
    ladder: 'Standard ladder',
    friendly: 'Before the due day',
    overdue: 'Overdue reminder',
    salesperson: 'Sales follow-up',
    finance: 'Escalate to finance',
    highRisk: 'Flag as high risk',
  },
}

/** The ladder of a new company, in its language. `decimals`: of its base currency. The levels' names and those of the ladder can be changed like everything else. */
export function standardLadder(language: Language, decimals: number): LadderContent & { readonly name: string } {
  const name = (key: string) => names[language][key]!
  return {
    name: name('ladder'),
    leastDaysBetween: STANDARD_DAYS_BETWEEN,
    levels: rungs.map(({ key, days, minimum, actions, repeat = null }, index) => ({
      position: index + 1,
      name: name(key),
      days,
      minimumMinor: minimum * 10n ** BigInt(decimals),
      actions,
      repeat,
    })),
  }
}
