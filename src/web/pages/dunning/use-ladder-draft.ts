import { useState } from 'react'
import { dropDraft, type readLadder, saveDraft } from '../../../modules/dunning/ladders.api.ts'
import type { Answer } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { type ApiQuery, useAction } from '../../queries.ts'
import { countChanges, type EditedLevel, edited, shown } from './ladder-draft.ts'

export type Ladder = Answer<typeof readLadder>
type Content = { readonly levels: readonly EditedLevel[]; readonly leastDaysBetween: number }

/**
 * What stands in the editor: the draft, or what is live as long as nothing is changed. `save` keeps it on the server (gives the ladder's version) under the version that was read when editing began, so that nobody's
 * draft is overwritten unseen; `drop` goes back to what is live.
 */
export function useLadderDraft(ladder: Ladder, query: ApiQuery<Ladder>) {
  const [version, setVersion] = useState(ladder.version)
  const [content, setContent] = useState<Content>(() => contentOf(ladder))
  const [saved, setSaved] = useState(() => textOf(contentOf(ladder)))
  const saving = useAction(saveDraft)
  const dropping = useAction(dropDraft)
  const again = async () => {
    const { data } = await query.refetch()
    if (data) setVersion(data.version)
    return data
  }
  const isDirty = textOf(content) !== saved
  const save = async (): Promise<number> => {
    if (!isDirty) return version
    await saving.mutateAsync({
      params: { id: ladder.id },
      body: { version, levels: shown(content.levels), leastDaysBetween: content.leastDaysBetween },
    })
    setSaved(textOf(content))
    return (await again())?.version ?? version
  }
  const drop = async () => {
    if (ladder.draft) await dropping.mutateAsync({ params: { id: ladder.id }, query: { version } })
    const data = await again()
    const next = contentOf(data ?? ladder)
    setContent(next)
    setSaved(textOf(next))
  }
  const live = ladder.next ?? ladder.live
  const isChangedBetween = live !== null && live.leastDaysBetween !== content.leastDaysBetween
  return {
    ...content,
    change: (change: Partial<Content>) => {
      saving.reset()
      setContent({ ...content, ...change })
    },
    isDirty,
    changes: countChanges(live?.levels ?? [], shown(content.levels)) + (isChangedBetween ? 1 : 0),
    version,
    save,
    drop,
    again,
    isSaving: saving.isPending,
    problem: saving.error as ApiProblem | null,
  }
}
export type LadderDraft = ReturnType<typeof useLadderDraft>

function contentOf({ draft, next, live }: Ladder): Content {
  const { levels = [], leastDaysBetween = 1 } = draft ?? next ?? live ?? {}
  return { levels: edited(levels), leastDaysBetween }
}
function textOf({ levels, leastDaysBetween }: Content): string {
  return JSON.stringify([shown(levels), leastDaysBetween])
}
