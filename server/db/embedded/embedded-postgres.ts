import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { prepareDataDir, unusable } from '../../ground/data-dir.ts'
import { endWhenSilent, SILENT_MS } from '../../ground/end-when-silent.ts'
import type { Logger } from '../database.ts'
import { lockDirectory } from '../directory-lock.ts'
import { makeCluster, USER } from './make-cluster.ts'
import { type Address, pingPostgres } from './ping-postgres.ts'
import { findPlace, type Place, SOCKET_PORT, socketOf } from './place.ts'
import { launchPostgres, type PostgresProcess } from './postgres-process.ts'
import { endProcessesOf, processesOf } from './processes-of.ts'

export type EmbeddedPostgres = { url: string; stop(): Promise<void> }

const ORPHAN_STOPS_WITHIN_MS = 5_000
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** A process that ends sooner than this has failed again. */
const STEADY_AFTER_MS = 2_000

/**
 * Runs the PostgreSQL that came with the packages as a child process, and again should it die or fall silent: on the same
 * socket, so that clients find it where it was. It ends with this process, however this process ends.
 * @throws DataDirInUseError, or another StartUpError
 */
export async function startEmbeddedPostgres(dataDir: string, logger: Logger): Promise<EmbeddedPostgres> {
  const home = join(resolve(dataDir), 'postgresql')
  prepareDataDir(dataDir)
  const unlock = lock(home)
  try {
    warnOfOldFiles(join(resolve(dataDir), 'database'), logger)
    const place = findPlace(home, logger)
    await endOrphan(place, logger)
    await makeCluster(place, logger)
    const port = place.sockets === null ? await freePort() : SOCKET_PORT
    const url = addressOf(place, port)
    const stop = await keepRunning(place, port, logger)
    return { url, stop: () => stop().finally(unlock) }
  } catch (error) {
    unlock()
    throw asStartUpError(error)
  }
}

function lock(home: string): () => void {
  try {
    return lockDirectory(home)
  } catch (error) {
    throw asStartUpError(error)
  }
}

/** The operator can mend an error of the file system, so it is told as a StartUpError. */
function asStartUpError(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException
  return code !== undefined && path !== undefined ? unusable(path, error) : error
}

/** Before this one the embedded database was another one, whose files no PostgreSQL can read. */
function warnOfOldFiles(path: string, logger: Logger): void {
  if (existsSync(join(path, 'PG_VERSION')))
    logger.warn(
      { path },
      'The embedded database of an earlier version is not read any more; its files are left alone',
    )
}

/** This process holds the lock, so a PostgreSQL that runs there is an orphan: the app that started it was killed. */
async function endOrphan({ data }: Place, logger: Logger): Promise<void> {
  const found = processesOf(data)
  if (found.length === 0) return
  logger.warn({ processes: found }, 'The PostgreSQL of an app that was killed still runs; ending it')
  await endProcessesOf(data, ORPHAN_STOPS_WITHIN_MS)
}

function addressOf({ sockets, password }: Place, port: number): string {
  const url = new URL(`postgresql://${USER}@127.0.0.1:${port}/postgres`)
  url.password = password
  if (sockets !== null) url.searchParams.set('host', sockets)
  return url.href
}

/** Resolves, once it takes connections, with the function that stops it. */
async function keepRunning(place: Place, port: number, logger: Logger): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  const { signal } = stopping
  const launch = () => launchPostgres({ place, port, logger, signal })
  const first = await launch()
  const running = run()
  return () => {
    stopping.abort()
    return running
  }

  async function run(): Promise<void> {
    let current: PostgresProcess | null = first
    let waitMs = FIRST_WAIT_MS
    while (!signal.aborted) {
      if (current) {
        const ranMs = await untilEnded(current)
        if (signal.aborted) return
        if (ranMs > STEADY_AFTER_MS) waitMs = FIRST_WAIT_MS
        logger.error('The embedded PostgreSQL died; starting it again')
      }
      await delay(waitMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      current = await launch().catch((error: unknown) => {
        logger.error(`${error instanceof Error ? error.message : error} It is tried again.`)
        return null
      })
    }
  }

  /** Resolves with how long it ran. */
  async function untilEnded(postgres: PostgresProcess): Promise<number> {
    const sinceMs = performance.now()
    const address = listeningAt(place, port)
    endWhenSilent(postgres, {
      ping: (signal) => pingPostgres(address, signal),
      onSilent: () =>
        logger.error({ silentMs: SILENT_MS }, 'The embedded PostgreSQL does not answer; ending it'),
    })
    await postgres.ended
    return performance.now() - sinceMs
  }
}

function listeningAt(place: Place, port: number): Address {
  const path = socketOf(place, port)
  return path === null ? { host: '127.0.0.1', port } : { path }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
