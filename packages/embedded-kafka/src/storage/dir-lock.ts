import { join } from 'node:path'
import { LockHeld, takeLock } from './lock-file.mjs'

/** Another broker process works in this folder. */
export class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by another broker (process ${pid}). Stop it, or choose another folder with DATA_DIR.`,
    )
    this.name = 'DirectoryInUse'
  }
}

/** Takes the folder for this process; the returned function gives it back. */
export function lockDirectory(directory: string): () => void {
  try {
    return takeLock(join(directory, '.lock'))
  } catch (error) {
    throw error instanceof LockHeld ? new DirectoryInUse(directory, error.pid) : error
  }
}
