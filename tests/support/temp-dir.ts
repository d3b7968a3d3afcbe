import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'

/** An empty directory, gone at the end. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'rider-live-'))
  atEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}
