import type { Reader } from './reader.ts'

/**
 * Loads once a reader (one snapshot, or one transaction), whoever asks: the second asker joins the flight that is under way. For what does not change in a transaction, such as
 * settings and calendars; a command may therefore ask early for what a later step will need.
 */
export function onceAReader<T>(load: (reader: Reader) => Promise<T>): (reader: Reader) => Promise<T> {
  const asked = new WeakMap<Reader, Promise<T>>()
  return (reader) => {
    const known = asked.get(reader) ?? load(reader)
    asked.set(reader, known)
    known.catch(() => undefined) // whoever awaits it sees the failure
    return known
  }
}
