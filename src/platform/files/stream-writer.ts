import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

const BUFFER_CHARS = 64 * 1024

/** Runs `write`; if it fails, the stream is cut off, so that nobody takes half a file for a whole one, and the error goes to the caller. */
export async function wholeOrBroken(output: Writable, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    output.destroy()
    throw error
  }
}

/** Sends bytes and waits while the other side is slow, so that an export never piles up in memory. Throws when the stream broke. */
export async function send(output: Writable, data: Buffer | string): Promise<void> {
  if (output.destroyed) throw output.errored ?? new Error('the output was closed before the file was complete')
  if (output.write(data)) return
  const gone = new AbortController()
  const closed = once(output, 'close', { signal: gone.signal })
  try {
    await Promise.race([once(output, 'drain', { signal: gone.signal }), closed])
  } finally {
    gone.abort()
    closed.catch(() => {})
  }
  if (output.destroyed) throw output.errored ?? new Error('the output was closed before the file was complete')
}

/** Collects small texts into large writes. */
export function bufferedWriter(output: Writable): { write(text: string): Promise<void> | undefined; end(): Promise<void> } {
  let buffer = ''
  return {
    write(text) {
      buffer += text
      if (buffer.length < BUFFER_CHARS) return undefined
      const full = buffer
      buffer = ''
      return send(output, full)
    },
    async end() {
      await send(output, buffer)
      await endStream(output)
    },
  }
}

export async function endStream(output: Writable): Promise<void> {
  output.end()
  await finished(output, { readable: false })
}
