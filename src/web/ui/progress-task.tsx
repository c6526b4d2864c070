import { SyncOutlined } from '@ant-design/icons'
import { useWords } from '../words.ts'
import { Status } from './status.tsx'

/** A long task: count, time left, refused so far. May be left; it is found again under notifications. */
export function ProgressTask(props: {
  title: string
  done: number
  total: number
  refused?: number
  secondsLeft?: number | null
  mayLeave?: boolean
  /** What is counted: rows of a file, whose result can be fetched, or days of business. */
  unit?: 'rows' | 'days'
}) {
  const { title, done, total, refused = 0, secondsLeft, mayLeave = true, unit = 'rows' } = props
  const words = useWords('shared')
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0
  return (
    <div className="progress-task">
      <div className="row wrap between">
        <span className="row wrap">
          <SyncOutlined className="secondary" aria-hidden />
          <b>{title}</b>
          <span className="secondary">
            {words(`progress.${unit}`, { done: grouped(done), total: grouped(total) })}
            {secondsLeft === undefined || secondsLeft === null ? null : ` · ${words('progress.left', { count: secondsLeft })}`}
          </span>
        </span>
        {refused > 0 ? <Status word="warning" text={words('progress.refused', { count: refused })} /> : null}
      </div>
      <div className="progress" role="progressbar" aria-label={title} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <div style={{ width: `${percent}%` }} />
      </div>
      {mayLeave ? <div className="small muted">{words(unit === 'rows' ? 'progress.mayLeave' : 'progress.goesOn')}</div> : null}
    </div>
  )
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
