import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { parseMinor } from '../../../kernel/money.ts'
import type { Issue } from '../../../kernel/problem.ts'
import { LEVELS_MOST, ladderIssues } from '../../../modules/dunning/ladder.ts'
import { originsOf } from '../../../modules/dunning/level-origins.ts'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { addLevel, type EditedLevel, moveLevel, shown } from './ladder-draft.ts'
import { LevelRow } from './level-row.tsx'
import type { Ladder, LadderDraft } from './use-ladder-draft.ts'

/** 级别: from top to bottom, each one a sentence that can be changed in place, moved and removed. */
export function LevelsPanel({ ladder, draft, readOnly }: { ladder: Ladder; draft: LadderDraft; readOnly: boolean }) {
  const words = useWords('dunning')
  const [said, setSaid] = useState('')
  const { levels, change } = draft
  const origins = originsOf((ladder.next ?? ladder.live)?.levels ?? [], shown(levels))
  const issues = draftIssues(draft, ladder.currency)
  const replace = (next: EditedLevel) => change({ levels: levels.map((level) => (level.key === next.key ? next : level)) })
  const move = (level: EditedLevel, by: number) => {
    const next = moveLevel(levels, level.key, by)
    change({ levels: next })
    setSaid(words('ladder.moved', { name: level.name, position: next.findIndex(({ key }) => key === level.key) + 1 }))
  }
  const dropOn = (target: number, key: string) => {
    const from = levels.findIndex((level) => level.key === key)
    if (from >= 0) move(levels[from]!, target - from)
  }
  return (
    <Panel title={words('ladder.levels')} sub={words('ladder.levelsSub')} flush>
      <ol className="dunning-levels">
        {levels.map((level, index) => (
          <LevelRow
            key={level.key}
            level={level}
            position={index + 1}
            isLast={index === levels.length - 1}
            origin={origins[index]}
            currency={ladder.currency}
            readOnly={readOnly}
            issues={issues.filter(({ path }) => path.startsWith(`levels.${index}.`))}
            onChange={replace}
            onMove={(by) => move(level, by)}
            onDrop={(key) => dropOn(index, key)}
            onRemove={levels.length > 1 ? () => change({ levels: levels.filter(({ key }) => key !== level.key) }) : undefined}
          />
        ))}
      </ol>
      {readOnly || levels.length >= LEVELS_MOST ? null : (
        <div className="dunning-add">
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => change({ levels: addLevel(levels, words('ladder.newLevel')) })}
          >
            {words('ladder.addLevel')}
          </Button>
        </div>
      )}
      <span className="only-read" aria-live="polite">
        {said}
      </span>
    </Panel>
  )
}

/** What is wrong with the levels as they stand in the editor, by the rule that the server applies too. */
export function draftIssues({ levels, leastDaysBetween }: Pick<LadderDraft, 'levels' | 'leastDaysBetween'>, currency: string): Issue[] {
  return ladderIssues({
    leastDaysBetween,
    levels: levels.map(({ key: _, minimum, ...level }, index) => ({
      ...level,
      position: index + 1,
      minimumMinor: parseMinor(minimum, currency) ?? -1n,
    })),
  })
}
