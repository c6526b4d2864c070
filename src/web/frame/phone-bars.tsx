import { EllipsisOutlined, SearchOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { currentLeaf, leaves, type NavigationEntry } from '../navigation-entry.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.ts'
import { Brand } from './brand.tsx'
import { DemoChip } from './demo-chip.tsx'
import { HelpLink } from './help-link.tsx'
import { PersonMenu } from './person-menu.tsx'
import { openSearch } from './search-dialog.tsx'
import { NotificationLink, TestModeChip } from './topbar.tsx'

/** The words of the entries that stand in the bottom bar; the rest is under “more”. */
const TABS = ['nav.home', 'nav.customers', 'nav.receipts']

export function PhoneBar() {
  const words = useWords('shell')
  const { company } = useSession()
  return (
    <header className="phone-bar">
      <Link to="/" aria-label={words('product')}>
        <Brand />
      </Link>
      <span className="grow cut secondary">{company.name}</span>
      {company.isDemo ? <DemoChip /> : <TestModeChip short />}
      <Button type="text" icon={<SearchOutlined />} aria-label={words('search.prompt')} onClick={openSearch} />
      <HelpLink />
      <NotificationLink />
      <PersonMenu />
    </header>
  )
}

export function TabBar({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const { pathname } = useLocation()
  const words = useWords('shell')
  const [more, setMore] = useState(false)
  const current = currentLeaf(navigation, pathname)
  const holds = (entry: NavigationEntry) => entry === current || (entry.children?.some((child) => child === current) ?? false)
  const tabs = navigation.filter((entry) => TABS.includes(entry.word))
  const rest = navigation.filter((entry) => !TABS.includes(entry.word))
  return (
    <nav className="tab-bar" aria-label={words('mainNavigation')}>
      {tabs.map((entry) => (
        <Link key={entry.word} to={entry.to} aria-current={holds(entry) ? 'page' : undefined}>
          {entry.icon}
          {words(entry.word)}
        </Link>
      ))}
      <button type="button" aria-haspopup="dialog" aria-expanded={more} onClick={() => setMore(true)} data-current={rest.some(holds)}>
        <EllipsisOutlined aria-hidden />
        {words('nav.more')}
      </button>
      <Drawer title={words('nav.more')} placement="bottom" size="auto" open={more} onClose={() => setMore(false)} className="sheet">
        <ul className="sheet-list">
          {leaves(rest).map((leaf) => (
            <li key={leaf.word}>
              <Link to={leaf.to} className="nav-entry" aria-current={leaf === current ? 'page' : undefined} onClick={() => setMore(false)}>
                {words(leaf.word)}
              </Link>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  )
}
