import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartUpError } from './start-up-error.ts'

/** Less than this, and nothing that is kept there could start. */
const TRIAL_BYTES = 256 * 1024

const WORDS: Record<string, string> = {
  ENOTDIR: 'is not in a folder, but below a file',
  EEXIST: 'is a file',
  EROFS: 'cannot be written to: its file system is read-only',
  EACCES: 'cannot be written to by this user',
  EPERM: 'cannot be written to by this user',
  ENOENT: 'cannot be made',
  ENOSPC: 'cannot be written to: its disk is full',
  EDQUOT: 'cannot be written to: its disk is full',
}

/**
 * Makes the folder for everything that is kept, unless it exists, and tries whether it can be written to.
 * @throws StartUpError with one sentence
 */
export function prepareDataDir(dataDir: string): void {
  const path = resolve(dataDir)
  const trial = join(path, `.trial-${randomUUID()}`)
  try {
    makeFolder(path)
    try {
      writeFileSync(trial, Buffer.alloc(TRIAL_BYTES))
    } finally {
      rmSync(trial, { force: true })
    }
  } catch (cause) {
    throw unusable(path, cause)
  }
}

/** One sentence for what the file system has refused at `path`. */
export function unusable(path: string, cause: unknown): StartUpError {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  return new StartUpError(
    `${path} ${WORDS[code] ?? `cannot be used (${code || cause})`}. Choose another place with DATA_DIR.`,
    { cause },
  )
}

/**
 * Step by step: `recursive` never ends where the system says ENOENT of a folder whose parent is there, as in /proc. A question
 * about a path below a file is not answered by `statSync` of each Node alike.
 */
function makeFolder(path: string): void {
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  if (!existsSync(path) || !statSync(path).isDirectory()) mkdirSync(path)
}
