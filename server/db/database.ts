import type { Logger as PinoLogger } from 'pino'
import type { PrismaClient } from '../../generated/prisma/client.ts'

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>

/** An open database, embedded or not. Everything that runs against it lives in this folder. */
export type Database = {
  prisma: PrismaClient
  /** One statement on a connection of the same pool, past Prisma, whose share of a write exceeds the driver's. */
  rows<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  /** One transaction on a connection of its own and without time limits, for migrations. */
  inTransaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Session = {
  /** One statement with parameters `$1`, `$2`… */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
  /** Any number of statements, as a file has them. */
  script(sql: string): Promise<void>
}
