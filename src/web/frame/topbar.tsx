import { BellOutlined, ExperimentOutlined, SearchOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { pages } from '../pages/index.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { useWords } from '../words.ts'
import { Brand } from './brand.tsx'
import { DemoChip } from './demo-chip.tsx'
import { HelpLink } from './help-link.tsx'
import { PersonMenu } from './person-menu.tsx'
import { openSearch } from './search-dialog.tsx'

/** Search, test-mode chip, company, notifications as a number, person. */
export function Topbar() {
  const words = useWords('shell')
  const { company } = useSession()
  return (
    <header className="top">
      <Link to="/" className="brand-cell" aria-label={words('product')}>
        <Brand />
      </Link>
      <div className="topbar">
        <button type="button" className="search-box" onClick={openSearch} aria-keyshortcuts="Control+K">
          <SearchOutlined aria-hidden />
          <span className="grow cut">{words('search.prompt')}</span>
          <KeyHint keys="mod+k" />
        </button>
        <span className="grow" />
        <DemoChip />
        <TestModeChip />
        <span className="secondary cut">{company.name}</span>
        <HelpLink />
        <NotificationLink />
        <PersonMenu />
      </div>
    </header>
  )
}

/** Shown while messages stay inside: nothing reaches a customer. */
export function TestModeChip({ short = false }: { short?: boolean }) {
  const words = useWords('shell')
  const { company } = useSession()
  if (!company.testMode) return null
  return (
    <Tooltip title={short ? words('testMode.long') : ''}>
      <span className="status tone-warning test-mode">
        <ExperimentOutlined aria-hidden />
        {words(short ? 'testMode.short' : 'testMode.long')}
      </span>
    </Tooltip>
  )
}

/** How many things were told to this person and not read yet; the figure stands beside the bell. */
export function NotificationLink() {
  const words = useWords('shell')
  const { counts } = useSession()
  if (!pages.some((page) => page.path.pattern === paths.notifications.pattern)) return null
  const count = counts?.notifications ?? 0
  return (
    <Link to={paths.notifications()} className="topbar-link" aria-label={words('notifications', { count })}>
      <BellOutlined aria-hidden />
      {count > 0 ? count : null}
    </Link>
  )
}
