import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { migrate } from '#server/db/migrate.ts'
import { type Database, openDatabase } from '#server/db/open-database.ts'
import { freshDatabase } from './postgres.ts'

export const silent = pino({ level: 'silent' })

export type TestDatabase = {
  db: Database
  dataDir: string
  databaseUrl: string | undefined
  remove(): Promise<void>
}

/** A migrated database of its own: embedded in a temporary directory, or fresh on the server at `serverUrl`. */
export async function openTestDatabase(serverUrl?: string): Promise<TestDatabase> {
  const empty = await openEmptyDatabase(serverUrl)
  await migrate(empty.db, { log: silent })
  return empty
}

/** The same without tables. */
export async function openEmptyDatabase(serverUrl?: string): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rider-live-database-'))
  const fresh = serverUrl === undefined ? undefined : await freshDatabase(serverUrl)
  const db = await openDatabase({ databaseUrl: fresh?.url, dataDir, log: silent })
  const remove = async () => {
    await db.close()
    await fresh?.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { db, dataDir, databaseUrl: fresh?.url, remove }
}
