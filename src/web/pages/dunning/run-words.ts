import type { dryRun } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import type { Words } from '../../words.ts'

type Counts = Answer<typeof dryRun>['counts']

/** 9 家客户：8 封邮件、3 个待办、1 次升级; what is none is left out. */
export function countsSentence(counts: Counts, words: Words): string {
  if (counts.cases === 0) return words('runs.nothing')
  const parts = (['emails', 'unsent', 'reminders', 'escalations', 'flags', 'holds'] as const)
    .filter((key) => counts[key] > 0)
    .map((key) => words(`runs.said.${key}`, { count: counts[key] }))
  return words('runs.said.all', { count: counts.cases, what: parts.join(words('shared:join.names')) })
}

/** 5 · 标记高风险，第 2 次: the level, and the how manieth time where it was repeated. */
export function levelSentence({ level, levelName: name, turn }: { level: number; levelName: string; turn: number }, words: Words): string {
  return turn > 1 ? words('cases.levelTurn', { level, name, turn }) : words('cases.levelOf', { level, name })
}
