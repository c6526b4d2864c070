import { QuestionCircleOutlined } from '@ant-design/icons'
import { useLocation } from '@tanstack/react-router'
import { manualPage } from '../manual-pages.ts'
import { usePreferences } from '../preferences.ts'
import { useWords } from '../words.ts'

/** Opens the page of the manual that belongs to the page on screen, beside it. The server serves it: no network outside is needed. */
export function HelpLink() {
  const words = useWords('shell')
  const { language } = usePreferences()
  const { pathname } = useLocation()
  return (
    <a
      className="topbar-link"
      href={`/manual/${language}/${manualPage(pathname) ?? 'index'}`}
      target="_blank"
      rel="noopener"
      aria-label={words('help')}
      title={words('help')}
    >
      <QuestionCircleOutlined aria-hidden />
    </a>
  )
}
