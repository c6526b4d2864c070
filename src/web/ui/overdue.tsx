import { useWords } from '../words.ts'
import { shadeOfDays } from './ageing-buckets.ts'

/** Days close enough to the due day to be worth a look. */
const SOON_DAYS = 7

/** Five ticks filled to the bucket, and the words: 逾期 43 天. `days` after the due day; zero or less = not yet overdue. */
export function Overdue({ days, short = false }: { days: number; short?: boolean }) {
  const words = useWords('shared')
  if (days > 0) {
    return (
      <span className="overdue">
        <Ticks shade={shadeOfDays(days)} />
        <span className="danger">{words(short ? 'days' : 'overdueDays', { count: days })}</span>
      </span>
    )
  }
  const text = days === 0 ? words('dueToday') : words('dueInDays', { count: -days })
  return <span className={`nowrap ${days >= -SOON_DAYS ? 'warn' : 'muted'}`}>{text}</span>
}

/** The ticks alone, where the words stand beside. */
export function OverdueTicks({ days }: { days: number }) {
  return <Ticks shade={shadeOfDays(days)} />
}

/** Five ticks, filled up to `shade` (0 … 5). Always beside words. */
function Ticks({ shade }: { shade: number }) {
  return (
    <span className={`ticks age-${shade}`} aria-hidden="true">
      {[1, 2, 3, 4, 5].map((tick) => (
        <i key={tick} className={tick <= shade ? 'on' : ''} />
      ))}
    </span>
  )
}
