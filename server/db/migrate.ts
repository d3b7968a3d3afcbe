import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Database, Logger, Session } from './database.ts'

/** The advisory lock of Prisma's own schema engine: an instance that starts and a `prisma migrate deploy` take turns. */
const PRISMA_LOCK = 72_707_369

/** The bookkeeping table exactly as Prisma's schema engine makes it (schema-engine, sql-schema-connector). */
const BOOKKEEPING = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

type Migration = { name: string; sql: string; checksum: string }
type Applied = { migration_name: string; checksum: string; finished: boolean }

export type MigrateOptions = {
  logger: Logger
  /** Where the migrations are; `prisma/migrations` under the working directory unless given. */
  directory?: string
}

/**
 * Brings the tables up to date: applies what `prisma/migrations` has and the database has not, in order of name, in one
 * transaction, and keeps the books as `prisma migrate` does, so that either can go on where the other stopped.
 * Several instances may start at once. A migration must be able to run inside a transaction.
 *
 * Returns the names it applied. Throws, with nothing changed, when a migration fails, when an applied file was edited
 * since, when a newer version has applied others, or when an earlier attempt of `prisma migrate` failed half-way.
 */
export async function migrate(
  db: Database,
  { logger, directory = resolve(process.cwd(), 'prisma/migrations') }: MigrateOptions,
): Promise<string[]> {
  const migrations = await readMigrations(directory)
  return db.inTransaction(async (session) => {
    await session.query(`SELECT pg_advisory_xact_lock(${PRISMA_LOCK})::text`)
    await session.script(BOOKKEEPING)
    const applied = await readApplied(session)
    refuseNewer(applied, migrations)
    const missing = migrations.filter((migration) => !isApplied(migration, applied))
    for (const migration of missing) {
      await apply(session, migration)
      logger.info({ migration: migration.name }, 'Applied a migration')
    }
    return missing.map(({ name }) => name)
  })
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new StartUpError(`The database migrations are not at ${directory}.`, { cause })
  })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

function readApplied(session: Session): Promise<Applied[]> {
  return session.query<Applied>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  )
}

/** Its tables may mean what this version does not know of: writing to them could spoil what the newer one relies on. */
function refuseNewer(applied: Applied[], migrations: Migration[]): void {
  const unknown = applied.find(({ migration_name }) =>
    migrations.every(({ name }) => name !== migration_name),
  )
  if (!unknown) return
  throw new StartUpError(
    `The database was used by a newer version of Rider Live: this one does not know its migration ${unknown.migration_name}. Run that version, or give this one another database.`,
  )
}

function isApplied(migration: Migration, applied: Applied[]): boolean {
  const row = applied.find(({ migration_name }) => migration_name === migration.name)
  if (!row) return false
  if (!row.finished) {
    throw new StartUpError(
      `Migration ${migration.name} failed half-way before. Repair the database, then mark it with "npx prisma migrate resolve".`,
    )
  }
  if (row.checksum !== migration.checksum) {
    throw new StartUpError(
      `Migration ${migration.name} was edited after it was applied to this database. Restore the file, and put the change into a new migration.`,
    )
  }
  return true
}

async function apply(session: Session, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await session.script(sql)
  } catch (cause) {
    throw new StartUpError(`Migration ${name} failed, and nothing of it was kept.`, { cause })
  }
  await session.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}
