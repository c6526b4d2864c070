import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openFolder } from '../../test/harness/program.ts'

/** A disk of its own, in memory, that can be filled. */
export type SmallDisk = {
  readonly folder: string
  freeMb(): number
  /** Fills it until `leaveMb` are left (0: to the last byte). */
  fill(leaveMb: number): void
  /** Takes away what it was filled with. */
  free(): void
  remove(): void
}

const MEBIBYTE = 1024 * 1024
const BALLAST = 'ballast'

/** Mounts a tmpfs of this size; where this machine does not let anybody mount, the reason. */
export function openSmallDisk(sizeMb: number): SmallDisk | { readonly refused: string } {
  if (process.platform !== 'linux') return { refused: `a tmpfs is mounted on Linux only, this is ${process.platform}` }
  if (process.getuid?.() !== 0) return { refused: 'only root may mount a tmpfs' }
  const folder = openFolder('huikuan-small-disk-')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=755`, 'huikuan-small-disk', folder], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return { refused: `a tmpfs cannot be mounted here: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}` }
  }
  const free = () => rmSync(join(folder, BALLAST), { force: true })
  return {
    folder,
    freeMb: () => freeBytes(folder) / MEBIBYTE,
    fill: (leaveMb) => fill(folder, leaveMb * MEBIBYTE),
    free,
    remove: () => {
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function fill(folder: string, leave: number): void {
  const file = openSync(join(folder, BALLAST), 'a')
  const piece = Buffer.alloc(MEBIBYTE)
  try {
    for (let left = freeBytes(folder); left > leave; left = freeBytes(folder))
      writeSync(file, piece, 0, Math.min(piece.length, left - leave))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}
