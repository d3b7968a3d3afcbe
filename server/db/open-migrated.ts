import type { Logger } from './database.ts'
import { migrate } from './migrate.ts'
import { type Database, openDatabase } from './open-database.ts'

/** The database with all migrations applied. */
export async function openMigrated(
  where: { databaseUrl: string | undefined; dataDir: string },
  logger: Logger,
): Promise<Database> {
  const db = await openDatabase({ ...where, logger })
  try {
    await migrate(db, { logger })
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
