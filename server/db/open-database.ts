import type { Database, Logger } from './database.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { openPostgres } from './open-postgres.ts'

export type { Database } from './database.ts'
export { DataDirInUseError } from './directory-lock.ts'

export type OpenDatabaseOptions = {
  /** Unset: the embedded PostgreSQL, kept in `<dataDir>/postgresql`. */
  databaseUrl: string | undefined
  dataDir: string
  logger: Logger
  /** For a server that is not there yet. */
  waitAtMostMs?: number
}

/**
 * Opens the one database of this process. Its tables are the business of `migrate`.
 *
 * Throws {@link DataDirInUseError} or another error whose message can be shown to the operator: it says what to do, and
 * never carries a password.
 */
export async function openDatabase({
  databaseUrl,
  dataDir,
  logger,
  waitAtMostMs,
}: OpenDatabaseOptions): Promise<Database> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl, { logger, waitAtMostMs })
  const server = await startEmbeddedPostgres(dataDir, logger)
  try {
    const db = await openPostgres(server.url, { logger })
    let closing: Promise<void> | undefined
    return {
      ...db,
      close() {
        closing ??= db.close().finally(server.stop)
        return closing
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
