import { getPeopleToChoose } from '../../modules/people/people.api.ts'
import { useApi } from '../queries.ts'

/**
 * People for a field: who is invited has customers before the first sign-in, so they are there; who is disabled is not, unless the
 * field holds them already (`chosen`): a name, never an id.
 */
export function usePeopleToChoose(chosen?: string | null): { loading: boolean; options: { value: string; label: string }[] } {
  const people = useApi(getPeopleToChoose)
  const options = (people.data?.items ?? [])
    .filter(({ id, status }) => status !== 'disabled' || id === chosen)
    .map(({ id, name }) => ({ value: id, label: name }))
  return { loading: people.isLoading, options }
}

/** Everybody who ever was, by name: for lists narrowed to one person. */
export function useEverybody(): { value: string; label: string }[] {
  const people = useApi(getPeopleToChoose)
  return (people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
}
