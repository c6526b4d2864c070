import { useQuery } from '@tanstack/react-query'
import { customerTerms, previewTerms } from '../../../modules/terms/terms.api.ts'
import { type Answer, call } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { useWords } from '../../words.ts'

/** What the due day will be when it is left empty: by the customer's terms, counted from the issue day; or that it has to be given. */
export function DueDayHint({ customerId, issuedOn, dueOn }: { customerId: string; issuedOn: string; dueOn: string }) {
  const words = useWords('receivables')
  const { may } = useSession()
  const isAsked = customerId !== '' && dueOn === '' && may('terms.view')
  const found = useApi(customerTerms, { params: { id: customerId } }, { enabled: isAsked })
  const terms = isAsked ? found.data?.now : undefined
  const single = terms?.definition.parts.length === 1 ? terms : undefined
  const preview = useDueDay(single?.id, issuedOn)
  if (!isAsked || found.data === undefined) return <>{words('dueHint')}</>
  if (!single) return <>{words('dueNeeded')}</>
  if (preview === undefined) return <>{words('dueHint')}</>
  return (
    <>
      {words('dueWillBe', { terms: single.name })} <DayText value={preview} />
    </>
  )
}

/** The same question as the server answers when it opens the receivable: every event that terms can count from is the issue day. */
function useDueDay(termsId: string | undefined, issuedOn: string): string | undefined {
  const { company } = useSession()
  const dates = { order: issuedOn, approval: issuedOn, delivery: issuedOn, acceptance: issuedOn, invoice: issuedOn }
  // One part is due as a whole: its day does not depend on the amount.
  const body = { termsId: termsId ?? '', amount: '1', currency: company.baseCurrency, dates }
  const { data } = useQuery<Answer<typeof previewTerms>, ApiProblem>({
    queryKey: [previewTerms.path, body],
    queryFn: ({ signal }) => call(previewTerms, { body, signal }),
    enabled: termsId !== undefined && issuedOn !== '',
  })
  return data?.parts[0]?.effectiveDue
}
