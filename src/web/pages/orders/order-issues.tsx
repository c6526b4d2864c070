import { Button } from 'antd'
import type { ApiIssue, ApiProblem } from '../../api-problem.ts'
import { fieldsAround } from '../../ui/field-errors.ts'
import { Note } from '../../ui/note.tsx'
import { problemSentence, useWords } from '../../words.ts'

/** What stops the order, one line a field; each line leads to its field. */
export function OrderIssues({ problem }: { problem: ApiProblem }) {
  const words = useWords('orders')
  return (
    <Note
      tone="danger"
      lead={problem.issues.length > 0 ? words('problems.wrong', { count: problem.issues.length }) : problemSentence(problem)}
    >
      {problem.issues.length === 0 ? null : (
        <ul>
          {problem.issues.map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              <Button type="link" size="small" onClick={() => goTo(issue)}>
                {issue.message}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Note>
  )
}

function goTo({ path }: ApiIssue): void {
  for (const field of fieldsAround(path === 'terms' || path.startsWith('terms.') ? 'termsId' : path)) {
    const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`)
    if (place === null) continue
    place.scrollIntoView({ block: 'center' })
    place.querySelector<HTMLElement>('input, textarea, button')?.focus()
    return
  }
}
