import type { Logger } from '../database.ts'
import { cannotStart } from './cannot-start.ts'
import { type Place, socketOf } from './place.ts'
import { endProcessesOf, forgetDeadPostgres } from './processes-of.ts'
import { endWithThisProcess, spawnAs } from './run-as.ts'

export type PostgresProcess = {
  /** Resolves when the process has ended, however it did. */
  ended: Promise<string>
  /** Ends it in order, so that the next start has nothing to recover. By force when that takes too long. */
  stop(): Promise<void>
  /** Ends all its processes by force. */
  kill(): Promise<void>
}

/** Crash recovery reads at most what `max_wal_size` allows. */
const START_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 5_000
const READY = 'database system is ready to accept connections'

/** For one application with ten connections, on a machine with other things to do. */
const SETTINGS = {
  max_connections: 30,
  shared_buffers: '32MB',
  min_wal_size: '16MB',
  max_wal_size: '128MB',
  // Nobody replicates it.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  // Workers for reading and for parallel queries would be processes of their own.
  io_method: 'sync',
  max_worker_processes: 1,
  max_parallel_workers_per_gather: 0,
  autovacuum_max_workers: 1,
  // After a crash of one of its processes we start it again: with growing waits, if the cause is a full disk.
  restart_after_crash: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

export type LaunchOptions = {
  place: Place
  port: number
  logger: Logger
  /** Stops it, also while it starts. */
  signal?: AbortSignal
  /** Further settings, by their names in postgresql.conf. */
  settings?: Record<string, string | number>
}

/** Starts PostgreSQL on `place`, and resolves once it takes connections. */
export async function launchPostgres(options: LaunchOptions): Promise<PostgresProcess> {
  const { place, port, logger, signal } = options
  const { runAs, binaries, data, sockets } = place
  forgetDeadPostgres(data, socketOf(place, port))
  const settings = {
    ...SETTINGS,
    listen_addresses: sockets === null ? '127.0.0.1' : '',
    unix_socket_directories: sockets ?? '',
    ...options.settings,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnAs(runAs, binaries.postgres, ['-D', data, '-p', String(port), ...args], {
    cwd: data,
    env: binaries.env,
  })
  endWithThisProcess(child)
  let words = ''
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    // The others end when the first one is gone, but for frozen ones, which keep its memory and its output.
    child.once('exit', () => void endProcessesOf(data, 0))
    child.once('close', (code, signal) => resolve(words || `it ended with ${signal ?? code}`))
  })
  const ready = new Promise<'ready'>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-10_000)
      const severe = /FATAL|PANIC/.test(text)
      logger[severe ? 'warn' : 'debug']({ postgres: text.trim() }, 'embedded PostgreSQL')
      if (words.includes(READY)) resolve('ready')
    })
  })
  const running: PostgresProcess = {
    ended,
    async stop() {
      child.kill('SIGINT')
      const force = setTimeout(() => void running.kill(), STOP_WITHIN_MS)
      await ended
      clearTimeout(force)
    },
    async kill() {
      await endProcessesOf(data, 0)
      child.kill('SIGKILL')
      await ended
    },
  }
  const stop = () => void running.stop()
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  void ended.then(() => signal?.removeEventListener('abort', stop))
  const timeUp = setTimeout(() => void running.kill(), START_WITHIN_MS)
  const first = await Promise.race([ready, ended])
  clearTimeout(timeUp)
  if (first !== 'ready') throw cannotStart(first)
  return running
}
