import { DeleteOutlined, HolderOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select } from 'antd'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import type { Issue } from '../../../kernel/problem.ts'
import type { LevelShown } from '../../../modules/dunning/ladders.api.ts'
import { AmountInput } from '../../ui/amount-input.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { useWords, type Words } from '../../words.ts'
import { ActionChips, actionSentence } from './action-chips.tsx'
import { changesOf, type EditedLevel } from './ladder-draft.ts'
import { RepeatRow } from './repeat-row.tsx'

type Props = {
  level: EditedLevel
  position: number
  isLast: boolean
  origin: LevelShown | undefined
  currency: string
  readOnly: boolean
  issues: readonly Issue[]
  onChange: (level: EditedLevel) => void
  onMove: (by: number) => void
  onDrop: (key: string) => void
  onRemove: (() => void) | undefined
}

/** One level as a sentence with fields: when, over what net debt, to whom, by what. What differs from the live version says what it was. */
export function LevelRow(props: Props) {
  const { level, position, origin, currency, readOnly, issues, onChange, onRemove } = props
  const words = useWords('dunning')
  const [isOver, setIsOver] = useState(false)
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      props.onDrop(event.dataTransfer.getData('text/plain'))
    },
  }
  return (
    <li className={`dunning-level ${isOver ? 'dunning-over' : ''}`} {...(readOnly ? {} : drop)}>
      {readOnly ? <span /> : <Handle {...props} />}
      <span className="dunning-position" aria-hidden="true">
        {position}
      </span>
      <div className="dunning-level-body">
        <div className="dunning-level-head">
          <span className="dunning-level-name">
            <Input
              variant="borderless"
              value={level.name}
              maxLength={60}
              readOnly={readOnly}
              aria-label={words('ladder.levelName', { position })}
              onChange={(event) => onChange({ ...level, name: event.target.value })}
            />
            <Marks level={level} origin={origin} currency={currency} words={words} />
          </span>
          <When {...props} currency={currency} />
          {onRemove && !readOnly ? (
            <Button
              size="small"
              type="text"
              className="dunning-remove"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={words('ladder.removeLevel', { name: level.name })}
              title={words('ladder.removeLevel', { name: level.name })}
              onClick={onRemove}
            />
          ) : null}
        </div>
        <ActionChips
          actions={level.actions}
          isEarly={level.days <= 0}
          readOnly={readOnly}
          levelName={level.name}
          onChange={(actions) => onChange({ ...level, actions })}
        />
        <RepeatRow {...props} />
        {issues.map((issue) => (
          <div key={`${issue.path}${issue.code}`} className="danger small" role="alert">
            {words(`${issue.code.replace(/^(\w+)\./, '$1:problems.')}`, { ...issue.params })}
          </div>
        ))}
      </div>
    </li>
  )
}

/** Takes the level along: by the mouse, or with the arrow keys while it has the focus. */
function Handle({ level, position, onMove }: Props) {
  const words = useWords('dunning')
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <button
      type="button"
      className="dunning-handle"
      draggable
      aria-label={words('ladder.moveLevel', { position, name: level.name })}
      title={words('ladder.moveHelp')}
      onKeyDown={keys}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', level.key)}
    >
      <HolderOutlined aria-hidden />
    </button>
  )
}

/** 最久一笔逾期满 [10] 天，且净欠款 ≥ [5,000.00] CNY. */
function When({ level, position, currency, readOnly, onChange }: Props) {
  const words = useWords('dunning')
  const isBefore = level.days <= 0
  const setDays = (count: number, before: boolean) => onChange({ ...level, days: before ? -count || 0 : count })
  return (
    <span className="dunning-when">
      <Select
        size="small"
        variant="borderless"
        disabled={readOnly}
        value={isBefore ? 'before' : 'after'}
        aria-label={words('ladder.when', { position })}
        options={[
          { value: 'before', label: words('ladder.beforeDue') },
          { value: 'after', label: words('ladder.oldestOverdue') },
        ]}
        onChange={(when) => setDays(Math.max(Math.abs(level.days), 1), when === 'before')}
      />
      <InputNumber
        size="small"
        controls={false}
        min={isBefore ? 0 : 1}
        max={isBefore ? 60 : 1_095}
        precision={0}
        disabled={readOnly}
        aria-label={words('ladder.levelDays', { position })}
        value={Math.abs(level.days)}
        onChange={(count) => setDays(Number(count ?? (isBefore ? 0 : 1)), isBefore)}
      />
      <span className="secondary nowrap">{words('ladder.andNet')}</span>
      <span className="dunning-minimum">
        <AmountInput
          small
          disabled={readOnly}
          aria-label={words('ladder.levelMinimum', { position })}
          value={level.minimum}
          onChange={(minimum) => onChange({ ...level, minimum })}
        />
      </span>
      <span className="secondary">{currency}</span>
    </span>
  )
}

/** 新增, or what each changed part was: 原为逾期 15 天. */
function Marks({ level, origin, currency, words }: { level: EditedLevel; origin: LevelShown | undefined; currency: string; words: Words }) {
  if (!origin) return <span className="status tone-info">{words('ladder.isNew')}</span>
  const before = {
    name: words('ladder.wasName', { name: origin.name }),
    days: words(origin.days <= 0 ? 'ladder.wasBefore' : 'ladder.wasOverdue', { count: Math.abs(origin.days) }),
    minimum: words('ladder.wasMinimum', { amount: `${formatDecimal(origin.minimum)} ${currency}` }),
    actions: words('ladder.wasActions', {
      actions: origin.actions.map((action) => actionSentence(action, words)).join(words('shared:join.names')),
    }),
    repeat: origin.repeat
      ? words('ladder.wasRepeat', { days: origin.repeat.everyDays, most: origin.repeat.most })
      : words('ladder.wasNoRepeat'),
  }
  return changesOf(level, origin).map((part) => (
    <span key={part} className="status tone-info dunning-was" title={before[part]}>
      {before[part]}
    </span>
  ))
}
