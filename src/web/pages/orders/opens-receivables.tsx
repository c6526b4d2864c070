import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { useWords } from '../../words.ts'

/** Says when an order becomes receivables, with the way to the setting. */
export function OpensReceivables({ on }: { on: 'approved' | 'delivered' }) {
  const words = useWords('orders')
  const { may } = useSession()
  return (
    <span className="secondary small">
      {words(`opens.${on}`)} {may('company.view') ? <Link to={paths.bookingRules()}>{words('opens.setting')}</Link> : null}
    </span>
  )
}
