import { useEffect, useState } from 'react'
import { type Choices, choices } from './choices.ts'

/** Choices on top of what the server says, for as long as the page is open. `save` is the first one given. */
export function useChoices<T>(stored: T, save: (value: T) => Promise<unknown>): Choices<T> {
  const [chosen] = useState(() => choices(stored, save))
  useEffect(() => chosen.saw(stored), [chosen, stored])
  return chosen
}
