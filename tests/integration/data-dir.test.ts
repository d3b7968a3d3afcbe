import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mountSmallDisk } from '../faults/support/small-disk.ts'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { tempDir } from '../support/temp-dir.ts'

/** What the app prints when it is started there, which must be a sentence and the end. */
async function refusal(dataDir: string): Promise<string> {
  const message = await startApp({ dataDir, env: { DATABASE_URL: '' } }).then(
    () => 'started',
    (error: Error) => error.message,
  )
  expect(message).toContain('ended with 1')
  expect(message).not.toMatch(/^\s+at /m)
  return message
}

it('[START8] S9: a data directory that is a file, or below one, is told in a sentence', async () => {
  const file = join(tempDir(), 'file')
  writeFileSync(file, '')
  expect(await refusal(file)).toContain(`${file} is a file. Choose another place with DATA_DIR.`)
  expect(await refusal(join(file, 'x'))).toContain('is not in a folder, but below a file.')
})

it('[START8] S9: what should be a folder within it, and is a file, is told in a sentence', async () => {
  const dataDir = tempDir()
  writeFileSync(join(dataDir, 'postgresql'), '')
  expect(await refusal(dataDir)).toContain(`${join(dataDir, 'postgresql')} is a file.`)
})

it.skipIf(process.platform !== 'linux')(
  '[START8] S9: so is one below /proc, without trying for ever',
  async () => {
    expect(await refusal('/proc/x')).toContain('/proc/x cannot be made.')
    expect(await refusal('/proc/x/y')).toContain('cannot be made.')
  },
)

it('[START8] S9: so is one on a disk that is full', async ({ skip }) => {
  const disk = mountSmallDisk(4)
  if ('skipped' in disk) return skip(disk.skipped)
  disk.fill()
  expect(await refusal(disk.path)).toContain('cannot be written to: its disk is full.')
})

it('[START8] S9: so is one without room for a database', async ({ skip }) => {
  const disk = mountSmallDisk(12)
  if ('skipped' in disk) return skip(disk.skipped)
  expect(await refusal(disk.path)).toMatch(
    /The embedded PostgreSQL does not start: .*No space left on device/,
  )
})

it('[START8] S9: so is one that is read-only', async ({ skip }) => {
  const path = join(tempDir(), 'read-only')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', path], { stdio: 'pipe' })
  } catch {
    return skip('only root on Linux may mount')
  }
  atEnd(() => execFileSync('umount', [path]))
  expect(await refusal(path)).toContain('cannot be written to: its file system is read-only.')
})
