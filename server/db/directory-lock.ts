import { LockCopied, LockHeld, takeLock } from '#embedded-kafka/storage/lock-file.mjs'
import { StartUpError } from '../ground/start-up-error.ts'

export class DataDirInUseError extends StartUpError {
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}. Stop it, or choose another place with DATA_DIR.`)
    this.pid = pid
  }
}

/** Files of different moments: PostgreSQL might recover from them without a word, and rows would be missing or wrong. */
function copiedWhileInUse(directory: string): StartUpError {
  return new StartUpError(
    `${directory} was copied while it was in use, so its files are of different moments. Copy it again while the app is stopped, or restore a dump. If it was not copied, but moved after a crash, remove ${directory}.lock.`,
  )
}

/**
 * Claims `directory` for this process until the returned function is called, by a file beside it. PostgreSQL's own lock
 * names its own process, and cannot tell whether the app that started it lives.
 */
export function lockDirectory(directory: string): () => void {
  try {
    return takeLock(`${directory}.lock`, { refuseCopies: true })
  } catch (error) {
    if (error instanceof LockCopied) throw copiedWhileInUse(directory)
    throw error instanceof LockHeld ? new DataDirInUseError(directory, error.pid) : error
  }
}
