import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { countApprovals } from '../../modules/approvals/approvals.api.ts'
import { currentLeaf, type NavigationEntry } from '../navigation-entry.ts'
import { useMedia } from '../preferences.ts'
import { useApi } from '../queries.ts'
import { breakpoint } from '../tokens.ts'
import { useWords } from '../words.ts'

const REFRESH_MS = 5 * 60_000

/** Main navigation: real links, the current group open, plain grey counts. Below 1360 px only the icons. */
export function Sider({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const { pathname } = useLocation()
  const narrow = useMedia(`(max-width: ${breakpoint.narrow - 1}px)`)
  const words = useWords('shell')
  const current = currentLeaf(navigation, pathname)
  // What was opened by hand counts until another page is opened: then its group is the open one again.
  const [opened, setOpened] = useState<{ word: string; at: string | undefined }>()
  const byHand = opened !== undefined && opened.at === current?.word ? opened.word : undefined
  return (
    <nav className="sider" aria-label={words('mainNavigation')}>
      <ul>
        {navigation.map((entry) => {
          const holdsCurrent = entry.children?.some((child) => child === current) ?? false
          const open = !narrow && (byHand === undefined ? holdsCurrent : byHand === entry.word)
          if (!entry.children || narrow) {
            return <Entry key={entry.word} entry={entry} isCurrent={entry === current || holdsCurrent} narrow={narrow} />
          }
          return (
            <Group
              key={entry.word}
              entry={entry}
              current={current}
              open={open}
              holdsCurrent={holdsCurrent}
              onToggle={() => setOpened({ word: open ? '' : entry.word, at: current?.word })}
            />
          )
        })}
      </ul>
    </nav>
  )
}

function Entry({ entry, isCurrent, narrow = false }: { entry: NavigationEntry; isCurrent: boolean; narrow?: boolean }) {
  const words = useWords('shell')
  const place = useRef<HTMLLIElement>(null)
  // a long navigation scrolls by itself: the page that is open is seen in it
  useEffect(() => {
    if (isCurrent) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li ref={place}>
      <Tooltip title={narrow ? words(entry.word) : ''} placement="right">
        <Link
          to={entry.to}
          activeOptions={{ exact: true }}
          className="nav-entry"
          aria-current={isCurrent ? 'page' : undefined}
          {...(narrow ? { 'aria-label': words(entry.word) } : {})}
        >
          {entry.icon}
          {narrow ? null : <span className="grow cut">{words(entry.word)}</span>}
          {entry.count === 'approvals' && !narrow ? <ApprovalCount /> : null}
        </Link>
      </Tooltip>
    </li>
  )
}

function Group(props: {
  entry: NavigationEntry
  current: NavigationEntry | undefined
  open: boolean
  holdsCurrent: boolean
  onToggle: () => void
}) {
  const { entry, current, open, holdsCurrent, onToggle } = props
  const words = useWords('shell')
  return (
    <li>
      <button type="button" className={`nav-entry ${holdsCurrent ? 'holds-current' : ''}`} aria-expanded={open} onClick={onToggle}>
        {entry.icon}
        <span className="grow cut">{words(entry.word)}</span>
        {open ? <UpOutlined className="nav-arrow" aria-hidden /> : <DownOutlined className="nav-arrow" aria-hidden />}
      </button>
      {open ? (
        <ul className="nav-children">
          {entry.children?.map((child) => (
            <Entry key={child.word} entry={child} isCurrent={child === current} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

/** How many requests wait for this person; an entry that is shown is permitted. */
function ApprovalCount() {
  const { data } = useApi(countApprovals, {}, { refreshEveryMs: REFRESH_MS })
  return data && data.toDecide > 0 ? <span className="nav-count">{data.toDecide}</span> : null
}
