/** For what must be true whatever the user does. A failed assertion is our bug, and aborts the transaction. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${message}`)
}
