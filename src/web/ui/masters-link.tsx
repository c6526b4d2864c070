import { Link } from '@tanstack/react-router'
import { useSession } from '../session.tsx'

/** Under a choice: where more to choose from is made. In a tab of its own, so that the form stays; the choices are fresh on return. Nothing for whoever may not make any. */
export function MastersLink({ to, permission, children }: { to: string; permission: string; children: string }) {
  const { may } = useSession()
  if (!may(permission)) return null
  return (
    <Link to={to} target="_blank" rel="noreferrer">
      {children}
    </Link>
  )
}
