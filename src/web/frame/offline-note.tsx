import { useSyncExternalStore } from 'react'
import { Note } from '../ui/note.tsx'
import { useWords } from '../words.ts'

/** Says that the network is gone: what is on screen may be old, nothing can be saved. */
export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, () => window.navigator.onLine)
  const words = useWords('shell')
  return online ? null : (
    <div className="below">
      <Note tone="warning">{words('offline')}</Note>
    </div>
  )
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
