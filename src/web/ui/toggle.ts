import { useSyncExternalStore } from 'react'

/** An on/off value outside of React, for the two dialogs that any place may open. */
export function toggle() {
  let value = false
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    set(next: boolean): void {
      value = next
      for (const listener of listeners) listener()
    },
    useValue: (): boolean => useSyncExternalStore(subscribe, () => value),
  }
}
