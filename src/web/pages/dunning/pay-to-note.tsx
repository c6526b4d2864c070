import { listBankAccounts } from '../../../modules/receipts/receipt-methods.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'

/** Reminders name our bank accounts; where none is in use, nobody learns where to pay. */
export function PayToNote() {
  const words = useWords('dunning')
  const { may } = useSession()
  const accounts = useApi(listBankAccounts, {}, { enabled: may('receipts.view') }).data?.items
  if (accounts === undefined || accounts.some(({ status }) => status === 'active')) return null
  return (
    <div className="below">
      <Note
        tone="warning"
        action={
          may('company.edit') ? (
            <PageLink small to={paths.bankAccounts()}>
              {words('payTo.add')}
            </PageLink>
          ) : undefined
        }
      >
        {words('payTo.none')}
      </Note>
    </div>
  )
}
