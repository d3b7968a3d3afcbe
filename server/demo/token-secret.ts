import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The demo's own secret, made once and kept in `dataDir`, which is there, so that links outlive a restart. */
export async function demoTokenSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'token-secret')
  try {
    // `wx`: of two that start at once, one writes and both read the same.
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!isExisting(error)) throw error
  }
  return (await readFile(path, 'utf8')).trim()
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
