import { LockHeld, takeLock } from '#embedded-kafka/storage/lock-file.mjs'
import { StartUpError } from '../ground/start-up-error.ts'

export class DataDirInUseError extends StartUpError {
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}. Stop it, or choose another place with DATA_DIR.`)
    this.pid = pid
  }
}

/**
 * Claims `directory` for this process until the returned function is called, by a file beside it. PostgreSQL's own lock
 * names its own process, and cannot tell whether the app that started it lives.
 */
export function lockDirectory(directory: string): () => void {
  try {
    return takeLock(`${directory}.lock`)
  } catch (error) {
    throw error instanceof LockHeld ? new DataDirInUseError(directory, error.pid) : error
  }
}
