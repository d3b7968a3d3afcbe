import { join } from 'node:path'
import { LockCopied, LockHeld, takeLock } from './lock-file.mjs'

/** Another broker process works in this folder. */
export class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by another broker (process ${pid}). Stop it, or choose another folder with DATA_DIR.`,
    )
    this.name = 'DirectoryInUse'
  }
}

/** The folder is a copy that was made while a broker worked in the original. */
export class DirectoryCopied extends Error {
  constructor(directory: string) {
    super(
      `The data directory ${directory} was copied while a broker was working in it, so its files are of different moments. Copy it again while the broker is stopped. If it was not copied, but moved after a crash, remove ${join(directory, '.lock')}.`,
    )
    this.name = 'DirectoryCopied'
  }
}

/** Takes the folder for this process; the returned function gives it back. */
export function lockDirectory(directory: string): () => void {
  try {
    return takeLock(join(directory, '.lock'), { refuseCopies: true })
  } catch (error) {
    if (error instanceof LockCopied) throw new DirectoryCopied(directory)
    throw error instanceof LockHeld ? new DirectoryInUse(directory, error.pid) : error
  }
}
