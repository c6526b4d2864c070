import { useState } from 'react'
import { ApiProblem } from './api-problem.ts'

/**
 * One piece of work at a time, such as what a dialog does when it is confirmed: whether (or which) it runs, and what the
 * server said against it, until it is tried again. `onProblem` is for work whose problem has no place on the page.
 */
export function useWork<Kind = true>({ onProblem }: { onProblem?: (problem: ApiProblem) => void } = {}) {
  const [busy, setBusy] = useState<Kind | false>(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const run = async (work: () => Promise<unknown>, kind = true as Kind) => {
    setBusy(kind)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
      onProblem?.(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, run }
}
