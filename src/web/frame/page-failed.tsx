import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiProblem } from '../api-problem.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Panel } from '../ui/panel.tsx'

/** One page broke; the frame around it works on. A chunk that is gone after an update needs a fresh start of the app. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const isChunk = error instanceof Error && /dynamically imported module|Importing a module script/i.test(error.message)
  const problem =
    error instanceof ApiProblem ? error : new ApiProblem({ code: isChunk ? 'shared.outdated' : 'shared.pageFailed', status: -1 })
  const retry = () => {
    if (isChunk) window.location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <Panel>
      <ErrorState problem={problem} onRetry={retry} />
    </Panel>
  )
}
