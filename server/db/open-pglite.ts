import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { StartUpError } from '../start-up-error.ts'
import type { Database, Log } from './database.ts'
import { lockDirectory } from './directory-lock.ts'

/** The major version of PostgreSQL in @electric-sql/pglite, which is pinned: another one cannot read the files. */
const POSTGRES_MAJOR = '18'
const CHECKPOINT_EVERY_MS = 5 * 60_000

/**
 * What survives. A committed row is in the write-ahead log, and handed to the operating system, before the commit is
 * answered (`synchronous_commit` stays on), so the process may be killed at any moment. Nothing is flushed to the disk
 * itself (PGlite has no fsync; its `relaxedDurability` concerns browsers only), so a power cut may cost the last
 * seconds. Who needs more sets DATABASE_URL.
 */
const START_PARAMS = [
  ...PGlite.defaultStartParams,
  // The default of 128 MB is mostly air here, but it is touched and so stays resident.
  ...['-c', 'shared_buffers=16MB'],
  ...['-c', 'max_wal_size=64MB'],
]

/** Opens the embedded database in `directory`, and makes it at the first start. */
export async function openPglite(directory: string, log: Log): Promise<Database> {
  const path = resolve(directory)
  mkdirSync(dirname(path), { recursive: true })
  const unlock = lockDirectory(path)
  try {
    if (!existsSync(path)) await initialise(path, log)
    refuseOtherVersion(path)
    const pglite = await start(path)
    return toDatabase(pglite, log, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** Made next door and moved into place when whole: a first start that is interrupted leaves nothing half done. */
async function initialise(path: string, log: Log): Promise<void> {
  log.info({ path }, 'Making the embedded database')
  const draft = `${path}.new`
  rmSync(draft, { recursive: true, force: true })
  const pglite = await start(draft)
  await pglite.close()
  renameSync(draft, path)
}

function refuseOtherVersion(path: string): void {
  const file = join(path, 'PG_VERSION')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none'
  if (found === POSTGRES_MAJOR) return
  const what =
    found === 'none'
      ? 'is not a database directory'
      : `was written by PostgreSQL ${found}, and this version embeds ${POSTGRES_MAJOR}`
  throw new StartUpError(
    `${path} ${what}. Move it away to begin with an empty database, or choose another place with DATA_DIR.`,
  )
}

async function start(dataDir: string): Promise<PGlite> {
  const pglite = new PGlite({ dataDir, startParams: START_PARAMS })
  await pglite.waitReady
  return pglite
}

function toDatabase(pglite: PGlite, log: Log, unlock: () => void): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite) })
  // Without a postmaster nobody starts checkpoints, and the write-ahead log would grow until the process ends.
  const checkpoints = setInterval(() => {
    pglite.exec('CHECKPOINT').catch((error: unknown) => log.warn({ err: error }, 'Checkpoint failed'))
  }, CHECKPOINT_EVERY_MS)
  checkpoints.unref()
  let closing: Promise<void> | undefined
  const close = async () => {
    clearInterval(checkpoints)
    try {
      await prisma.$disconnect()
      await pglite.close()
    } finally {
      unlock()
    }
  }
  return {
    prisma,
    kind: 'pglite',
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`
    },
    inTransaction: (work) =>
      pglite.transaction((transaction) =>
        work({
          query: async <Row>(sql: string, parameters: unknown[] = []) =>
            (await transaction.query<Row>(sql, parameters)).rows,
          script: async (sql) => {
            await transaction.exec(sql)
          },
        }),
      ),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
