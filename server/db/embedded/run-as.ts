import {
  type ChildProcessByStdio,
  type ChildProcessWithoutNullStreams,
  spawn,
  spawnSync,
} from 'node:child_process'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Readable } from 'node:stream'
import type { Binaries } from './binaries.ts'

/**
 * As whom PostgreSQL runs, which refuses to be root:
 * - `self`: as this process.
 * - `namespace`: in a user namespace in which this user has another, ordinary id. Files stay this user's own.
 * - `other`: as an ordinary user of the system. That one can enter neither this user's folders nor read its packages.
 */
export type RunAs = { way: 'self' } | ({ way: 'namespace' | 'other' } & Account)
export type Account = { uid: number; gid: number }

export type PostgresChild = ChildProcessByStdio<null, null, Readable>

const TRIAL_WITHIN_MS = 10_000

/** Returns the first way that works here, tried out; ways that leave the files with this user come first, unless `onlyOther`. null when none works. */
export function chooseRunAs(binaries: Binaries, onlyOther = false): RunAs | null {
  if (process.platform === 'win32' || (!isRoot() && hasName())) return { way: 'self' }
  const account = ordinaryAccount()
  if (account === null) return null
  const namespace: RunAs = { way: 'namespace', ...account }
  const mayNamespace = process.platform === 'linux' && !onlyOther
  if (mayNamespace && works(namespace, binaries.postgres, ['--version'])) return namespace
  const other: RunAs = { way: 'other', ...account }
  return isRoot() && works(other, '/bin/sh', ['-c', ':']) ? other : null
}

const isRoot = (): boolean => process.getuid?.() === 0

/** `initdb` asks for the name of the user it runs as; some containers run as an id without a name. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/** Of passwd(5): nobody, else any that is not root. */
function ordinaryAccount(): Account | null {
  try {
    const accounts = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
      .filter(({ uid, gid }) => uid > 0 && gid > 0)
    const chosen = accounts.find(({ name }) => name === 'nobody') ?? accounts[0]
    return chosen ? { uid: chosen.uid, gid: chosen.gid } : null
  } catch {
    return null
  }
}

function works(runAs: RunAs, program: string, args: string[]): boolean {
  const [command, all, ids] = asCommand(runAs, program, args)
  return spawnSync(command, all, { ...ids, cwd: '/', stdio: 'ignore', timeout: TRIAL_WITHIN_MS }).status === 0
}

/**
 * Starts a program of PostgreSQL in a session of its own, so that Ctrl-C in a terminal reaches only this process, which
 * then stops things in order. It learns nothing of this process's environment.
 */
export function spawnAs(
  runAs: RunAs,
  program: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): PostgresChild {
  const [command, all, ids] = asCommand(runAs, program, args)
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env
  return spawn(command, all, {
    ...ids,
    cwd,
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: { PATH, SystemRoot, TEMP, TMPDIR, LC_ALL: 'C', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** unshare(1) becomes the program, so that signals for one reach the other. */
function asCommand(runAs: RunAs, program: string, args: string[]): [string, string[], Partial<Account>] {
  switch (runAs.way) {
    case 'self':
      return [program, args, {}]
    case 'namespace': {
      const { uid, gid } = runAs
      return ['unshare', ['--user', `--map-user=${uid}`, `--map-group=${gid}`, program, ...args], {}]
    }
    case 'other':
      return [program, args, { uid: runAs.uid, gid: runAs.gid }]
  }
}

/**
 * Has `child` asked to end when this process is gone, however it ended: a shell waits for the end of a pipe that only
 * this process holds open. On Windows, and without a shell, the next start finds
 * what was left running.
 */
export function endWithThisProcess(child: PostgresChild): void {
  if (process.platform === 'win32' || child.pid === undefined) return
  const script = 'read -r _; kill -INT "$1" 2>/dev/null'
  const watcher: ChildProcessWithoutNullStreams = spawn('/bin/sh', ['-c', script, 'sh', String(child.pid)], {
    cwd: '/',
    detached: true,
    env: { NODE_ENV: 'production' },
  })
  watcher.on('error', () => {})
  watcher.stdin.on('error', () => {})
  watcher.unref()
  child.once('exit', () => watcher.kill('SIGKILL'))
}
