import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { TOPIC } from '#contracts/topics.ts'

/** Of all segments of the topic of locations. */
export function bytesInLog(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(TOPIC.locationUpdated) && name.endsWith('.log'))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
}

/** Table and index together. */
export async function bytesPerRow(databaseUrl: string): Promise<number> {
  const connection = await new PrismaPg({ connectionString: databaseUrl, max: 1 }).connect()
  try {
    const { rows } = await connection.queryRaw({
      sql: `SELECT (pg_total_relation_size('locations') / count(*))::int FROM locations`,
      args: [],
      argTypes: [],
    })
    return Number(rows[0]?.[0])
  } finally {
    await connection.dispose()
  }
}
