import { statfs } from 'node:fs/promises'
import { Problem } from '../kernel/problem.ts'

const LOOKED_EVERY_MS = 500
const MEBIBYTE = 1024 * 1024

export type DiskRoom = {
  /** What a write is refused with while there is too little room: platform.diskFull, unavailable. */
  readonly refusal: () => Problem | undefined
  readonly stop: () => void
}

/**
 * Looks twice a second how much room the disk under `folder` has left. A database that cannot write its log any more ends in the middle of everything; below `leastMb` writes are refused
 * instead, each with a sentence, while reading goes on, and they are let through again as soon as there is room. 0: never refused.
 */
export function watchDisk(folder: string, leastMb: number, said: (isShort: boolean, freeMb: number) => void): DiskRoom {
  let isShort = false
  let looking = false
  const look = async () => {
    const { bavail, bsize } = await statfs(folder)
    const freeMb = (bavail * bsize) / MEBIBYTE
    if (freeMb < leastMb === isShort) return
    isShort = freeMb < leastMb
    said(isShort, Math.floor(freeMb))
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch(() => undefined) // the folder cannot be asked: the database itself says what is wrong
      .finally(() => {
        looking = false
      })
  }, LOOKED_EVERY_MS)
  timer.unref()
  return {
    refusal: () => (isShort ? new Problem('platform.diskFull', {}, { kind: 'unavailable' }) : undefined),
    stop: () => clearInterval(timer),
  }
}
