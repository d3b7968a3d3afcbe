import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { binariesIn, findBinaries, linkLibraries } from '#server/db/embedded/binaries.ts'
import { atEnd } from '../support/at-end.ts'
import { startWriter } from '../support/database-writer.ts'
import { tempDir } from '../support/temp-dir.ts'

const isRoot = process.platform === 'linux' && process.getuid?.() === 0

/** A PATH whose unshare(1) says what it says where the system forbids user namespaces. */
function withoutNamespaces(): { PATH: string } {
  const folder = tempDir()
  writeFileSync(
    join(folder, 'unshare'),
    '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n',
  )
  chmodSync(join(folder, 'unshare'), 0o755)
  return { PATH: `${folder}:${process.env.PATH}` }
}

/** Where PostgreSQL keeps its data, and whose its first process is. */
function observe(cluster: string): { files: number; process: number } {
  const pid = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]
  return { files: statSync(cluster).uid, process: statSync(`/proc/${pid}`).uid }
}

describe.skipIf(!isRoot)('as root, whom PostgreSQL refuses to run for', () => {
  it('[DB18] runs in a user namespace; everything stays in DATA_DIR, also below a folder of root alone', async () => {
    const dataDir = join(tempDir(), 'data')
    const writer = startWriter(dataDir)
    await writer.written(3)
    expect(observe(join(dataDir, 'postgresql/data'))).toEqual({ files: 0, process: 0 })
    expect(writer.words()).not.toContain('User namespaces')
  })

  it('[DB18] where those are forbidden, as another user in a folder of /var/tmp, which it says', async () => {
    const dataDir = tempDir()
    const env = withoutNamespaces()
    const first = startWriter(dataDir, { env })
    await first.written(3)
    const [, folder = ''] = /its data in (\/var\/tmp\/rider-live-\w+)/.exec(first.words()) ?? []
    atEnd(() => rmSync(folder, { recursive: true, force: true }))
    expect(first.words().match(/User namespaces are forbidden here/g)).toHaveLength(1)
    const seen = observe(join(folder, 'cluster/data'))
    expect(seen.files).toBeGreaterThan(0)
    expect(seen.process).toBe(seen.files)
    await first.kill9()

    // It stays where it was made, also where namespaces are allowed.
    const second = startWriter(dataDir, { deliveryId: 'd2' })
    await second.written(3)
    expect(existsSync(join(dataDir, 'postgresql/data'))).toBe(false)
    await second.kill9()

    // A copy, here as if the app had been stopped, has left its data behind.
    const copy = join(tempDir(), 'copy')
    cpSync(dataDir, copy, { recursive: true })
    rmSync(join(copy, 'postgresql.lock'))
    const copied = startWriter(copy)
    expect(await copied.exitCode).toBe(1)
    expect(copied.words()).toContain(`The database of this DATA_DIR was made in ${folder}`)

    // Without DATA_DIR nobody wants it any more.
    rmSync(dataDir, { recursive: true })
    const third = startWriter(dataDir, { env })
    await third.written(3)
    expect(readdirSync(join(folder, 'cluster'))).toContain('data.old')
    await third.kill9()
  })

  it('[DB18] where neither can be, one sentence names DATABASE_URL', async () => {
    const dataDir = tempDir()
    const within = ['setpriv', '--bounding-set=-setuid,-setgid', '--inh-caps=-setuid,-setgid', '--']
    const writer = startWriter(dataDir, { env: withoutNamespaces(), within })
    expect(await writer.exitCode).toBe(1)
    expect(writer.words()).toBe(
      'PostgreSQL refuses to run as root, and here it cannot run as anybody else: start this as another user, or set DATABASE_URL to the address of a PostgreSQL.\n',
    )
  })
})

describe('the programs of the embedded database', () => {
  it('[DB22] find their libraries also where the packages are read-only', ({ skip }) => {
    const { root } = findBinaries(tempDir())
    const copy = tempDir()
    cpSync(join(root, 'native/pg-symlinks.json'), join(copy, 'native/pg-symlinks.json'))
    cpSync(join(root, 'native/bin'), join(copy, 'native/bin'), { recursive: true })
    mkdirSync(join(copy, 'native/lib'))
    for (const file of readdirSync(join(root, 'native/lib'), { withFileTypes: true })) {
      if (file.isFile()) cpSync(join(root, 'native/lib', file.name), join(copy, 'native/lib', file.name))
    }
    if (isRoot) {
      try {
        execFileSync('mount', ['--bind', copy, copy], { stdio: 'pipe' })
        atEnd(() => execFileSync('umount', [copy]))
        execFileSync('mount', ['-o', 'remount,bind,ro', copy], { stdio: 'pipe' })
      } catch {
        return skip('nothing may be mounted here')
      }
    } else chmodSync(join(copy, 'native/lib'), 0o555)
    const spare = join(tempDir(), 'lib')
    const env = linkLibraries(copy, spare)
    expect(Object.values(env)).toEqual([spare])
    const { postgres } = binariesIn(copy)
    expect(spawnSync(postgres, ['--version'], { env: { ...process.env, ...env } }).status).toBe(0)
    // A second time there is nothing to do.
    expect(linkLibraries(copy, spare)).toEqual(env)
  })

  it('[DB23] are not to be had for every platform: one sentence names DATABASE_URL', async () => {
    const dataDir = tempDir()
    const arch = "Object.defineProperty(process, 'arch', { value: 'riscv64' })"
    const writer = startWriter(dataDir, {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(arch)}` },
    })
    expect(await writer.exitCode).toBe(1)
    expect(writer.words()).toBe(
      `No PostgreSQL is installed for this platform (${process.platform}-riscv64): set DATABASE_URL to the address of one.\n`,
    )
    expect(existsSync(join(dataDir, 'postgresql/data'))).toBe(false)
  })
})
