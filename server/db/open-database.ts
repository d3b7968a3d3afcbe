import { join } from 'node:path'
import type { Database, Log } from './database.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'

export type { Database } from './database.ts'
export { DataDirInUseError } from './directory-lock.ts'

export type OpenDatabaseOptions = {
  /** Unset: the embedded database, kept in `<dataDir>/database`. */
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
export function openDatabase({ databaseUrl, dataDir, log }: OpenDatabaseOptions): Promise<Database> {
  return databaseUrl === undefined
    ? openPglite(join(dataDir, 'database'), log)
    : openPostgres(databaseUrl, log)
}
