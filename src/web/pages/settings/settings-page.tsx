import { Navigate } from '@tanstack/react-router'
import { useNavigation } from '../../navigation-entry.ts'
import { paths } from '../../paths.ts'

/** /settings has no page of its own: it leads to the first one that this person may open. */
export function SettingsPage() {
  const [first] = useNavigation().find((entry) => entry.word === 'nav.settings')?.children ?? []
  return <Navigate to={first?.to ?? paths.account()} replace />
}
