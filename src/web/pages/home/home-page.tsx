import { Link } from '@tanstack/react-router'
import { leaves, type NavigationEntry, useNavigation } from '../../navigation-entry.ts'
import { usePhone, usePreferences } from '../../preferences.ts'
import { useSession } from '../../session.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { TodayPanel } from './today-panel.tsx'

/** Where one starts: the company's day, what waits, and a door to every part that this person uses. */
export function HomePage() {
  const words = useWords('shell')
  const session = useSession()
  const { language } = usePreferences()
  const phone = usePhone()
  const doors = leaves(useNavigation()).filter((leaf) => leaf.to !== '/')
  return (
    <>
      <PageHead title={words('home.title')} meta={`${longDay(session.company.today, language)} · ${session.company.name}`} />
      <TodayPanel />
      <Panel title={words('home.doors')} sub={phone ? undefined : words('home.doorsSub')} flush>
        {doors.length === 0 ? (
          <EmptyState title={words('home.nothingOpen')} text={words('noPermission.help')} />
        ) : (
          <div className="home-doors">
            {doors.map((door) => (
              <Door key={door.word} door={door} />
            ))}
          </div>
        )}
      </Panel>
    </>
  )
}

function Door({ door }: { door: NavigationEntry }) {
  const words = useWords('shell')
  return (
    <Link to={door.to} className="home-door">
      <b className="grow cut">{words(door.word)}</b>
      {door.keys ? <KeyHint keys={door.keys} /> : null}
    </Link>
  )
}

/** '2026-11-20' → 2026年11月20日 星期五, in the person's language. */
function longDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(`${day}T00:00:00Z`))
}
