import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { atEnd } from '../../support/at-end.ts'
import { tempDir } from '../../support/temp-dir.ts'

const CHUNKS_BYTES = [1 << 20, 1 << 12]

export type SmallDisk = {
  path: string
  /** Up to the last page. */
  fill(): void
  free(): void
}

/** A file system in memory that is soon full; gone at the end. Only root on Linux may mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | { skipped: string } {
  const path = tempDir()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'pipe' })
  } catch (error) {
    const skipped = `a small disk could not be mounted (${error instanceof Error ? error.message.split('\n')[0] : error})`
    console.warn(`\n*** SKIPPED: ${skipped} ***\n`)
    return { skipped }
  }
  atEnd(() => execFileSync('umount', [path]))
  const ballast = join(path, 'ballast')
  return {
    path,
    fill() {
      const file = openSync(ballast, 'a')
      for (const bytes of CHUNKS_BYTES) writeUntilFull(file, Buffer.alloc(bytes))
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
  }
}

function writeUntilFull(file: number, chunk: Buffer): void {
  try {
    for (;;) if (writeSync(file, chunk) < chunk.length) return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
