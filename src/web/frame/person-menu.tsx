import { DesktopOutlined, GlobalOutlined, KeyOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Dropdown, type MenuProps } from 'antd'
import { languages } from '../../kernel/language.ts'
import { ApiProblem } from '../api-problem.ts'
import { pages } from '../pages/index.ts'
import { paths } from '../paths.ts'
import { prefer, usePhone, usePreferences } from '../preferences.ts'
import { signOut, useSession } from '../session.tsx'
import { problemSentence, useWords } from '../words.ts'
import { openKeys } from './keys-dialog.tsx'
import { languageNames } from './language-names.ts'

/** Who you are; language, appearance, keys, own account, sign out. */
export function PersonMenu() {
  const { person } = useSession()
  const words = useWords('shell')
  const phone = usePhone()
  const role = words(`roles.${person.role}`, { defaultValue: person.role })
  return (
    <Dropdown menu={usePersonMenu()} trigger={['click']} placement="bottomRight">
      <button
        type="button"
        className="topbar-link"
        aria-haspopup="menu"
        {...(phone ? { 'aria-label': words('personMenu', { name: person.name }) } : {})}
      >
        {phone ? <UserOutlined aria-hidden /> : `${person.name} · ${role}`}
      </button>
    </Dropdown>
  )
}

function usePersonMenu(): MenuProps {
  const words = useWords('shell')
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { language, mode } = usePreferences()
  const phone = usePhone()
  const hasAccountPage = pages.some((page) => page.path.pattern === paths.account.pattern)
  const leave = () => signOut().catch((error: unknown) => error instanceof ApiProblem && message.error(problemSentence(error)))
  const modes = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> }
  return {
    selectedKeys: [language, mode],
    items: [
      ...(hasAccountPage
        ? [{ key: 'account', icon: <UserOutlined />, label: words('account'), onClick: () => void navigate({ to: paths.account() }) }]
        : []),
      {
        type: 'group',
        label: words('language'),
        children: languages.map((key) => ({
          key,
          icon: <GlobalOutlined />,
          label: languageNames[key],
          onClick: () => prefer({ language: key }),
        })),
      },
      {
        type: 'group',
        label: words('appearance'),
        children: (['system', 'light', 'dark'] as const).map((key) => ({
          key,
          icon: modes[key],
          label: words(`modes.${key}`),
          onClick: () => prefer({ mode: key }),
        })),
      },
      { type: 'divider' },
      ...(phone ? [] : [{ key: 'keys', icon: <KeyOutlined />, label: words('keys.title'), onClick: openKeys }]),
      { key: 'leave', icon: <LogoutOutlined />, label: words('signOut'), onClick: () => void leave() },
    ],
  }
}
