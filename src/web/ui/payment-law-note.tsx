import type { Day } from '../../kernel/day.ts'
import type { Phrase } from '../../kernel/phrase.ts'
import { readCustomer } from '../../modules/customers/customers.api.ts'
import type { PaymentTerms } from '../../modules/terms/payment-terms.ts'
import { termsWarnings } from '../../modules/terms/terms-legality.ts'
import { useApi } from '../queries.ts'
import { useSession } from '../session.tsx'
import { phraseText, useWords } from '../words.ts'
import { Note } from './note.tsx'

/**
 * Terms longer than the law on payments to small and medium enterprises grants a buyer of this scale (法定付款期限). Nothing where the scale is not
 * on file. Whether the seller is such an enterprise is not on file either, so the sentence says under which condition it holds.
 */
export function PaymentLawNote({ customerId, terms, signedOn }: { customerId: string; terms: PaymentTerms; signedOn: string }) {
  const words = useWords('terms')
  const { may } = useSession()
  const buyer = useApi(readCustomer, { params: { id: customerId } }, { enabled: may('customers.view') }).data
  if (!buyer?.buyerScale || (buyer.country ?? 'CN') !== 'CN') return null
  const said = termsWarnings({ terms, buyerScale: buyer.buyerScale, signedOn: signedOn as Day, sellerIsSme: true, sellerDeclaredSme: true })
  if (said.length === 0) return null
  return (
    <Note tone="warning" lead={words('legality.ifSme')}>
      {said.map((one) => phraseText(one as Phrase)).join(words('shared:join.clauses'))}
    </Note>
  )
}
