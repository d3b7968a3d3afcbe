import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import pino from 'pino'
import { makeCluster, USER } from '#server/db/embedded/make-cluster.ts'
import { findPlace } from '#server/db/embedded/place.ts'
import { launchPostgres } from '#server/db/embedded/postgres-process.ts'
import { freePort } from './free-port.ts'

export type Postgres = { url: string; stop(): Promise<void> }

/** What holds for a cluster that is thrown away, and used by many apps at once. */
const SETTINGS = { listen_addresses: '127.0.0.1', fsync: 'off', max_connections: 300 }

/**
 * A PostgreSQL to test against: the one at TEST_DATABASE_URL, else a throw-away cluster of the same PostgreSQL that the
 * app embeds, on a free port of 127.0.0.1, gone with `stop()`.
 */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const logger = pino({ level: 'silent' })
  const home = mkdtempSync(join(tmpdir(), 'rider-live-postgres-'))
  const place = findPlace(home, logger)
  await makeCluster(place, logger)
  const port = await freePort()
  const server = await launchPostgres({ place, port, logger, settings: SETTINGS })
  return {
    url: `postgresql://${USER}:${place.password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** An empty database of its own for one test. `drop()` throws everybody out first. */
export async function freshDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await runSql(serverUrl, `CREATE DATABASE "${name}"`)
  return { url: url.href, drop: () => runSql(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

async function runSql(url: string, statement: string): Promise<void> {
  const connection = await new PrismaPg({ connectionString: url, max: 1 }).connect()
  try {
    await connection.executeScript(statement)
  } finally {
    await connection.dispose()
  }
}
