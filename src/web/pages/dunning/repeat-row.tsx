import { Checkbox, InputNumber } from 'antd'
import { isBeforeDue, REPEAT_DAYS_LEAST, REPEAT_DAYS_MOST, REPEATS_MOST } from '../../../modules/dunning/ladder.ts'
import { useWords } from '../../words.ts'
import type { EditedLevel } from './ladder-draft.ts'

type Props = {
  level: EditedLevel
  position: number
  isLast: boolean
  readOnly: boolean
  onChange: (level: EditedLevel) => void
}
const STANDARD = { everyDays: 30, most: 12 }

/** ☑ 仍有逾期就重复 每 [30] 天一次，最多再 [12] 次: of the last level, so that debts which fall due later are named too. */
export function RepeatRow({ level, position, isLast, readOnly, onChange }: Props) {
  const words = useWords('dunning')
  const { repeat } = level
  if (!isLast || isBeforeDue(level) || (readOnly && repeat === null)) return null
  return (
    <span className="dunning-when">
      <Checkbox
        checked={repeat !== null}
        disabled={readOnly}
        aria-label={words('ladder.repeatOf', { position })}
        onChange={(event) => onChange({ ...level, repeat: event.target.checked ? STANDARD : null })}
      >
        {words('ladder.repeat')}
      </Checkbox>
      {repeat === null ? null : (
        <>
          <span className="secondary">{words('ladder.repeatEvery')}</span>
          <InputNumber
            size="small"
            controls={false}
            min={REPEAT_DAYS_LEAST}
            max={REPEAT_DAYS_MOST}
            precision={0}
            disabled={readOnly}
            aria-label={words('ladder.repeatDays', { position })}
            value={repeat.everyDays}
            onChange={(days) => onChange({ ...level, repeat: { ...repeat, everyDays: days ?? STANDARD.everyDays } })}
          />
          <span className="secondary nowrap">{words('ladder.repeatAfter')}</span>
          <InputNumber
            size="small"
            controls={false}
            min={1}
            max={REPEATS_MOST}
            precision={0}
            disabled={readOnly}
            aria-label={words('ladder.repeatMost', { position })}
            value={repeat.most}
            onChange={(most) => onChange({ ...level, repeat: { ...repeat, most: most ?? STANDARD.most } })}
          />
          <span className="secondary">{words('ladder.repeatTimes')}</span>
        </>
      )}
    </span>
  )
}
