import type { Database, Log } from './database.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { openPostgres } from './open-postgres.ts'

export type { Database } from './database.ts'
export { DataDirInUseError } from './directory-lock.ts'

export type OpenDatabaseOptions = {
  /** Unset: the embedded PostgreSQL, kept in `<dataDir>/postgresql`. */
  databaseUrl: string | undefined
  dataDir: string
  log: Log
}

/**
 * Opens the one database of this process. Its tables are the business of `migrate`.
 *
 * Throws {@link DataDirInUseError} or another error whose message is fit to be shown to whoever started the process:
 * it says what to do, and never carries a password.
 */
export async function openDatabase({ databaseUrl, dataDir, log }: OpenDatabaseOptions): Promise<Database> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl, log)
  const server = await startEmbeddedPostgres(dataDir, log)
  try {
    const db = await openPostgres(server.url, log)
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
