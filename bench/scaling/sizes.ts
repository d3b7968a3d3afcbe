import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { PrismaPg } from '@prisma/adapter-pg'
import { TOPIC } from '#contracts/topics.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'

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

const DELIVERIES = 500
const POINTS = 200

/** What an instance keeps of every delivery it reads of, customers or not: the real thing, in this process, after a collection. */
export function kbRemembered(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = bytesHeld()
  const live = new LiveDeliveries(async () => null)
  for (let i = 0; i < DELIVERIES * POINTS; i += 1) live.noteLocation(pointOf(i))
  collect()
  const kb = (bytesHeld() - before) / DELIVERIES / 1_024
  // Held until here.
  live.noteLocation(pointOf(0))
  return kb
}

/** Points are kept as plain numbers, outside of the heap. */
function bytesHeld(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** As it comes out of the log: parsed, so that nothing is shared between two of them. */
function pointOf(i: number) {
  return JSON.parse(
    JSON.stringify({
      deliveryId: `delivery-of-some-length-${i % DELIVERIES}`,
      seq: Math.floor(i / DELIVERIES) + 1,
      lat: 37.4979 + i / 1e7,
      lng: 127.0276 + i / 1e7,
      recordedAtMs: 1_767_225_600_000 + i,
      receivedAtMs: 1_767_225_600_100 + i,
      accuracyM: 8.5,
      headingDeg: 70.5,
      speedMps: 6.25,
    }),
  )
}
