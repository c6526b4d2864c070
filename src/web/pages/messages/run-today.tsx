import { useState } from 'react'
import { hourIn } from '../../../kernel/day.ts'
import { dryRun, readSettings } from '../../../modules/dunning/dunning.api.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { useWords } from '../../words.ts'

/** With sending on, the daily reminders of today begin too, now or at their hour; says so, and to how many customers. Nothing where none will run. */
export function RunToday() {
  const words = useWords('messages')
  const { may, company } = useSession()
  const enabled = may('dunning.view')
  const [opened] = useState(() => new Date())
  const settings = useApi(readSettings, {}, { enabled }).data
  const today = useApi(dryRun, {}, { enabled }).data
  if (!settings || !today || settings.daily !== 'whenSending' || today.alreadyRun || today.restDay !== null) return null
  const hour = hourIn(company.timeZone, opened)
  if (hour >= settings.untilHour) return null
  const count = today.counts.cases
  const time = `${String(settings.fromHour).padStart(2, '0')}:00`
  return <p>{hour < settings.fromHour ? words('sending.runAt', { time, count }) : words('sending.runNow', { count })}</p>
}
