import { useWords } from '../words.ts'

/** The sentence under an empty field. An element, not a text: a form keeps what it was given when it checked, and this follows the language. */
export function RequiredText() {
  return useWords('shared')('form.required')
}
