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
