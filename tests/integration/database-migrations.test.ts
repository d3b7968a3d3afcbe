import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '#server/db/migrate.ts'
import { type Database, openDatabase } from '#server/db/open-database.ts'
import { atEnd } from '../support/at-end.ts'
import { openEmptyDatabase, silent } from '../support/database.ts'
import { tempDir } from '../support/temp-dir.ts'

type Book = { migration_name: string; checksum: string; finished: boolean; applied_steps_count: number }
const readBooks = (db: Database) =>
  db.inTransaction(({ query }) =>
    query<Book>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count
       FROM _prisma_migrations ORDER BY started_at, migration_name`,
    ),
  )
const tableExists = async (db: Database, name: string) => {
  const rows = await db.inTransaction(({ query }) =>
    query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]),
  )
  return rows[0]?.found
}
const run = (db: Database, sql: string) => db.inTransaction(({ script }) => script(sql))

const projectMigrations = readdirSync('prisma/migrations', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

/** A copy of the project's migrations that a test may add to. */
function ownMigrations() {
  const directory = tempDir()
  cpSync('prisma/migrations', directory, { recursive: true })
  const add = (name: string, sql: string) => {
    mkdirSync(join(directory, name), { recursive: true })
    writeFileSync(join(directory, name, 'migration.sql'), sql)
  }
  return { directory, add }
}

/** Whatever tables and enums the migrations have made. */
const DROP_ALL_BUT_THE_BOOKS = `
  DO $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
      EXECUTE format('DROP TABLE %I CASCADE', name);
    END LOOP;
    FOR name IN SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e' LOOP
      EXECUTE format('DROP TYPE %I', name);
    END LOOP;
  END $$`

describe('migrations', () => {
  let db: Database
  let databaseUrl: string
  beforeAll(async () => {
    ;({ db, databaseUrl } = await openEmptyDatabase())
  })
  beforeEach(() => run(db, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public'))

  it('[MIG1] applies every migration once, and keeps the books as Prisma does', async () => {
    const names = await migrate(db, { logger: silent })
    expect(names).toEqual(projectMigrations)
    const books = names.map((name) => ({
      migration_name: name,
      checksum: createHash('sha256')
        .update(readFileSync(`prisma/migrations/${name}/migration.sql`))
        .digest('hex'),
      finished: true,
      applied_steps_count: 1,
    }))
    expect(await readBooks(db)).toEqual(books)
    expect(await tableExists(db, 'locations')).toBe(true)
    expect(await migrate(db, { logger: silent })).toEqual([])
    expect(await readBooks(db)).toEqual(books)
  })

  it('[MIG1] goes on where earlier ones stopped, in order of name', async () => {
    const { directory, add } = ownMigrations()
    await migrate(db, { logger: silent })
    add('29990102000000_second', 'ALTER TABLE extra ADD COLUMN b TEXT')
    add('29990101000000_first', "CREATE TABLE extra (a TEXT DEFAULT 'x;y'); CREATE INDEX ON extra (a);")
    expect(await migrate(db, { logger: silent, directory })).toEqual([
      '29990101000000_first',
      '29990102000000_second',
    ])
    expect(await tableExists(db, 'extra')).toBe(true)
  })

  it('[MIG2] keeps nothing of a run in which one fails, and says which', async () => {
    const { directory, add } = ownMigrations()
    add('29990101000000_broken', 'CREATE TABLE extra (a INT); SELECT nonsense')
    await expect(migrate(db, { logger: silent, directory })).rejects.toThrow(/29990101000000_broken failed/)
    expect(await tableExists(db, 'extra')).toBe(false)
    expect(await tableExists(db, 'locations')).toBe(false)
    expect(await migrate(db, { logger: silent })).toEqual(projectMigrations)
  })

  it('[MIG3] refuses a file that was edited after it was applied', async () => {
    const { directory, add } = ownMigrations()
    add('29990101000000_extra', 'CREATE TABLE extra (a INT)')
    await migrate(db, { logger: silent, directory })
    add('29990101000000_extra', 'CREATE TABLE extra (a TEXT)')
    await expect(migrate(db, { logger: silent, directory })).rejects.toThrow(
      /29990101000000_extra was edited after/,
    )
  })

  it('[MIG3] refuses to go on behind one that failed half-way, until that is marked as rolled back', async () => {
    const names = await migrate(db, { logger: silent })
    await run(db, 'UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate(db, { logger: silent })).rejects.toThrow(`${names[0]} failed half-way before`)
    await run(db, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await migrate(db, { logger: silent })
    await run(db, 'UPDATE _prisma_migrations SET rolled_back_at = now()')
    await run(db, DROP_ALL_BUT_THE_BOOKS)
    expect(await migrate(db, { logger: silent })).toEqual(names)
  })

  it('[MIG5] S14: refuses a database that a newer version has used, and leaves it alone', async () => {
    const { directory, add } = ownMigrations()
    add('29990101000000_of_tomorrow', 'CREATE TABLE extra (a INT)')
    await migrate(db, { logger: silent, directory })
    const books = await readBooks(db)
    await expect(migrate(db, { logger: silent })).rejects.toThrow(
      'The database was used by a newer version of Rider Live: this one does not know its migration 29990101000000_of_tomorrow.',
    )
    expect(await readBooks(db)).toEqual(books)
  })

  it('[MIG1] says where it looked when there are no migrations', async () => {
    await expect(migrate(db, { logger: silent, directory: '/nowhere' })).rejects.toThrow(
      'are not at /nowhere',
    )
  })

  it('[MIG4] instances that start at once take turns', async () => {
    const open = async () => {
      const other = await openDatabase({ databaseUrl, dataDir: '/unused', logger: silent })
      atEnd(() => other.close())
      return other
    }
    const instances = await Promise.all([open(), open(), open(), open()])
    const applied = await Promise.all(instances.map((instance) => migrate(instance, { logger: silent })))
    expect(applied.flat()).toEqual(projectMigrations)
  })
})
