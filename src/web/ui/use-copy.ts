import { useState } from 'react'
import { useWords } from '../words.ts'

/**
 * Puts a text on the clipboard and says what came of it. A browser has no clipboard for pages without TLS (a server of the company's own network) and may refuse: then the old command is tried, and when that fails too
 * the reader is told to mark the text and copy it by hand.
 */
export function useCopy(): { readonly said: string | null; readonly copy: (text: string) => Promise<boolean> } {
  const words = useWords('shared')
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = async (text: string) => {
    const done = await written(text)
    setCopied(done)
    return done
  }
  return { said: copied === null ? null : words(copied ? 'copied' : 'copyByHand'), copy }
}

async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return selectedAndCopied(text)
  }
}

/** The field stands where the focus is: a dialog takes the focus back from whatever is outside of it. */
function selectedAndCopied(text: string): boolean {
  const held = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const place = held?.parentElement ?? document.body
  place.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (held instanceof HTMLElement) held.focus()
  return done
}
