import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DataDirInUseError, lockDirectory } from '#server/db/directory-lock.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Made long before this process, in another boot. */
const OTHER_START = '00000000-0000-0000-0000-000000000000 1'

function place() {
  const parent = tempDir()
  const directory = join(parent, 'database')
  const leave = (content: unknown) =>
    writeFileSync(`${directory}.lock`, typeof content === 'string' ? content : JSON.stringify(content))
  return { directory, leave, files: () => readdirSync(parent) }
}

describe('the lock of the data directory', () => {
  it('[DB11] is held by one, names its process, and is free again afterwards', () => {
    const { directory, files } = place()
    const unlock = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(DataDirInUseError)
    expect(() => lockDirectory(directory)).toThrow(`process ${process.pid}`)
    expect(files()).toEqual(['database.lock'])
    unlock()
    unlock()
    expect(files()).toEqual([])
    lockDirectory(directory)()
  })

  it.each<[string, unknown]>([
    ['whose process is gone', { pid: spawnSync(process.execPath, ['-v']).pid, startedAt: OTHER_START }],
    [
      'whose id now belongs to another process, or from before a restart',
      { pid: process.pid, startedAt: OTHER_START },
    ],
    ['cut short by a power cut', ''],
    ['with something else in it', '{"pid":"none"}'],
  ])('[DB14] one %s is taken over', (_name, content) => {
    const { directory, leave, files } = place()
    leave(content)
    const unlock = lockDirectory(directory)
    expect(JSON.parse(readFileSync(`${directory}.lock`, 'utf8'))).toMatchObject({ pid: process.pid })
    expect(files()).toEqual(['database.lock'])
    unlock()
  })

  it('[DB26] one that was copied while it was held is refused in words; moved, or with what it locks removed, it is not', () => {
    const { directory, leave } = place()
    const copy = `${directory}-copy`
    const unlock = lockDirectory(directory)
    copyFileSync(`${directory}.lock`, `${copy}.lock`)
    expect(() => lockDirectory(copy)).toThrow(
      `${copy} was copied while it was in use, so its files are of different moments. Copy it again while the app is stopped`,
    )
    unlock()
    expect(() => lockDirectory(copy)).toThrow(`remove ${copy}.lock`)
    rmSync(`${copy}.lock`)
    lockDirectory(copy)()

    leave('')
    const { ino } = statSync(`${directory}.lock`)
    leave({ pid: spawnSync(process.execPath, ['-v']).pid, startedAt: OTHER_START, inode: ino })
    renameSync(`${directory}.lock`, `${copy}.lock`)
    lockDirectory(copy)()
  })

  it('[DB11] letting go of a lock that was lost does not free the next holder', () => {
    const { directory, leave, files } = place()
    const unlock = lockDirectory(directory)
    leave({ pid: process.ppid, startedAt: null })
    unlock()
    expect(files()).toEqual(['database.lock'])
    expect(() => lockDirectory(directory)).toThrow(`process ${process.ppid}`)
  })
})
