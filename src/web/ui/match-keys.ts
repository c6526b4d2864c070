type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** Does this key press, after `before`, complete `keys`? 'mod' is Ctrl, and Command on a Mac. */
export function matchKeys(keys: string, event: Pressed, before: string): boolean {
  const [first = '', second] = keys.split(' ')
  if (second !== undefined) return before === first && plain(event) && event.key.toLowerCase() === second
  const parts = first.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('mod')
  const wantsAlt = parts.includes('alt')
  return event.key.toLowerCase() === key && (event.ctrlKey || event.metaKey) === wantsMod && event.altKey === wantsAlt
}

function plain(event: Pressed): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey
}

/** Where a key is pressed: in a field, on a link or button, beside (or in) an open dialog. */
export type KeyPlace = { readonly inField: boolean; readonly onControl: boolean; readonly dialogOpen: boolean }
/** What is asked for. `inDialog`: it belongs to the dialog that is open. */
export type WantedKey = { readonly keys: string; readonly inFields?: boolean; readonly inDialog: boolean }

/** May a key of the page be taken there? The page behind a dialog does nothing, Enter on a link or button is that link's or button's, and what is typed into a field is text. */
export function mayTake({ keys, inFields = false, inDialog }: WantedKey, { inField, onControl, dialogOpen }: KeyPlace): boolean {
  if (dialogOpen && !inDialog) return false
  if (onControl && keys === 'enter') return false
  return !inField || inFields || !isSingle(keys)
}

/** Keys without a modifier, which a person may switch off. */
export function isSingle(keys: string): boolean {
  return !/mod\+|alt\+/.test(keys)
}
