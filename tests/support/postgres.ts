import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { freePort } from './free-port.ts'

export type Postgres = { url: string; stop(): Promise<void> }

const START_DEADLINE_MS = 60_000
const POLL_MS = 50

/**
 * A PostgreSQL to test against: the one at TEST_DATABASE_URL, else a throw-away cluster on a free port of 127.0.0.1,
 * gone with `stop()`. Where neither can be had, says so loudly and answers why, so that suites can skip under that name.
 */
export async function startPostgres(): Promise<Postgres | { skipped: string }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const bin = findBinaries()
  if (!bin)
    return skip(
      'no server binaries found (Debian: apt-get install postgresql), and TEST_DATABASE_URL is not set',
    )
  const owner = unprivilegedUser()
  if (owner === 'none')
    return skip('PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody"')
  return startCluster(bin, owner)
}

/** An empty database of its own for one test. `drop()` throws everybody out first. */
export async function freshDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await runSql(serverUrl, `CREATE DATABASE "${name}"`)
  return { url: url.href, drop: () => runSql(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

async function startCluster(bin: string, owner: Owner): Promise<Postgres> {
  const directory = mkdtempSync(join(tmpdir(), 'rider-live-postgres-'))
  if (owner) chownSync(directory, owner.uid, owner.gid)
  // `cwd`: the server must be able to enter the directory it is started in.
  const options = { ...owner, cwd: directory, env: { ...process.env, LC_ALL: 'C.UTF-8' } }
  const initdb = ['-D', directory, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync']
  execFileSync(join(bin, 'initdb'), initdb, { ...options, stdio: 'pipe' })

  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=60',
  ]
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', directory, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const words: string[] = []
  server.stderr.on('data', (chunk: Buffer) => words.push(String(chunk)))
  const killNow = () => server.kill('SIGQUIT')
  process.once('exit', killNow)
  const stop = async () => {
    process.off('exit', killNow)
    await end(server)
    rmSync(directory, { recursive: true, force: true })
  }

  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const deadline = Date.now() + START_DEADLINE_MS
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`The PostgreSQL for the tests did not start:\n${words.join('')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return { url, stop }
}

type Owner = { uid: number; gid: number } | undefined

/** Whom to run the server as: ourselves unless we are root. */
function unprivilegedUser(): Owner | 'none' {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const ask = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }))
      return { uid: ask('-u'), gid: ask('-g') }
    } catch {
      // No such user: the next one.
    }
  }
  return 'none'
}

/** Debian keeps the server's binaries off the PATH, one folder per major version. */
function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((v) => join(debian, v, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function skip(reason: string): { skipped: string } {
  console.warn(`\n*** PostgreSQL tests are SKIPPED: ${reason} ***\n`)
  return { skipped: reason }
}

async function answers(url: string): Promise<boolean> {
  return runSql(url, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

async function runSql(url: string, statement: string): Promise<void> {
  const connection = await new PrismaPg({ connectionString: url, max: 1 }).connect()
  try {
    await connection.executeScript(statement)
  } finally {
    await connection.dispose()
  }
}

/** SIGINT is PostgreSQL's fast shutdown: connections are ended, the cluster is left clean. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  await ended
}
