import { PrismaPg } from '@prisma/adapter-pg'

/** Lets nobody write to a table, as a database that is very slow would not; reading goes on. Ends with what it returns. */
export async function blockWrites(databaseUrl: string, table: string): Promise<() => Promise<void>> {
  const connection = await new PrismaPg({ connectionString: databaseUrl, max: 1 }).connect()
  const transaction = await connection.startTransaction()
  await transaction.executeRaw({ sql: `LOCK TABLE ${table} IN EXCLUSIVE MODE`, args: [], argTypes: [] })
  return async () => {
    await transaction.rollback()
    await connection.dispose()
  }
}
