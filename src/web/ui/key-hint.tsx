/** Shows a binding on its button or in a hint bar: 'mod+enter' → Ctrl ↵. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <>
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key.split('+').map(keyName).join(' ')}</kbd>
      ))}
    </>
  )
}

const NAMES: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  alt: 'Alt',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

function keyName(key: string): string {
  if (key === 'mod') return /Mac|iPhone|iPad/.test(window.navigator.userAgent) ? '⌘' : 'Ctrl'
  return NAMES[key] ?? key.toUpperCase()
}
