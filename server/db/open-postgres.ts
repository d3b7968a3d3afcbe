import { setTimeout as pause } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Database, Logger } from './database.ts'
import { describeConnectionFailure, isAbsent, parseAddress } from './describe-connection-failure.ts'

const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 5_000
/** A new connection costs either side some 10 ms: the driver's own 10 s would have one made for each lonely request. */
const IDLE_TIMEOUT_MS = 5 * 60_000
const START_CONNECT_TIMEOUT_MS = 60_000
/** A server that is started together with the app needs some seconds, on a busy machine more. */
const WAIT_AT_MOST_MS = 45_000
const LOOK_AGAIN_AFTER_MS = 1_000
/** The server gives a statement up; a little later the client does, in case the server is beyond answering. */
const STATEMENT_TIMEOUT_MS = 10_000
const ANSWER_TIMEOUT_MS = 12_000
const MIGRATION_TIMEOUT_MS = 10 * 60_000

/**
 * Connects to a PostgreSQL server, and gives one that is not there yet some time. Other faults (a password) are thrown at
 * once.
 * @throws StartUpError with words for the operator
 */
export async function openPostgres(
  databaseUrl: string,
  { logger, waitAtMostMs = WAIT_AT_MOST_MS }: { logger: Logger; waitAtMostMs?: number | undefined },
): Promise<Database> {
  const address = parseAddress(databaseUrl)
  const basics = {
    connectionString: databaseUrl,
    application_name: 'rider-live',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
  }
  const connect = (limits: pg.PoolConfig) => {
    const pool = new pg.Pool({ ...basics, ...limits })
    // Without a listener the loss of an idle connection would end the process. The driver hangs its whole client on the
    // error, some 4 KB of it.
    pool.on('error', ({ message }) =>
      logger.warn({ reason: message }, 'An idle database connection was lost'),
    )
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    let closed: Promise<void> | undefined
    const close = () => {
      closed ??= prisma.$disconnect().then(() => pool.end())
      return closed
    }
    return { pool, prisma, close }
  }

  const { pool, prisma, close } = connect({
    max: POOL_SIZE,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  })
  const ping = async () => {
    await prisma.$queryRaw`SELECT 1`
  }
  const deadlineMs = performance.now() + waitAtMostMs
  for (;;) {
    const failure = await pool.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    if (failure === undefined) break
    if (!isAbsent(failure.error) || performance.now() > deadlineMs) {
      await close()
      // The cause stays out on purpose: it may quote the address, password and all.
      throw new StartUpError(describeConnectionFailure(failure.error, address, waitAtMostMs))
    }
    logger.warn('PostgreSQL does not answer yet; waiting for it')
    await pause(LOOK_AGAIN_AFTER_MS)
  }
  return {
    prisma,
    rows: async (sql, parameters) => (await pool.query(sql, [...parameters])).rows,
    ping,
    async inTransaction(work) {
      // That the server answers is known by now; on a machine that is busy starting it may take its time.
      const own = connect({ max: 1, connectionTimeoutMillis: START_CONNECT_TIMEOUT_MS })
      try {
        return await own.prisma.$transaction(
          (transaction) =>
            work({
              query: (sql, parameters = []) => transaction.$queryRawUnsafe(sql, ...parameters),
              // Without parameters the driver uses the simple protocol, which takes many statements at once.
              script: async (sql) => {
                await transaction.$executeRawUnsafe(sql)
              },
            }),
          { timeout: MIGRATION_TIMEOUT_MS, maxWait: MIGRATION_TIMEOUT_MS },
        )
      } finally {
        await own.close()
      }
    },
    close,
  }
}
