import { askHealth, type Posts } from './riders.ts'
import { bytesInLog } from './sizes.ts'
import type { Workbench } from './workbench.ts'

const HEALTH = 6_000
/** Always more to do: see docs/scaling.md on why an instance that waits now and then measures dearer. */
const BUSY = { atOnce: 128 }
const POSTS: Posts = { posts: 5_000, fixesEach: 1, pace: BUSY }
const POSTS_OF_FIVE: Posts = { posts: 2_000, fixesEach: 5, pace: BUSY }
const BULK = 40_000

/**
 * What accepting, reading and storing cost, each alone. With the database away the history waits, and what is left is
 * accepting and reading: both instances read, and only one accepts.
 */
export async function measureLog(bench: Workbench): Promise<void> {
  const { add, cost, post, publish, awaitStored, database, logDirectory, posted, meters } = bench
  const health = await cost(() => askHealth(posted.url, HEALTH, BUSY))
  add('health', health.posted / HEALTH)

  database.down()
  const bytesBefore = bytesInLog(logDirectory)
  const one = await cost(() => post(POSTS))
  add('recordBytes', (bytesInLog(logDirectory) - bytesBefore) / one.locations)
  const acceptUs = (one.posted - one.watching) / one.locations
  add('acceptOne', acceptUs)

  const five = await cost(() => post(POSTS_OF_FIVE))
  add('acceptFive', (five.posted - five.watching) / five.locations)

  const bulk = await cost(() => publish(BULK))
  add('read', bulk.posted / bulk.locations)
  add('read', bulk.watching / bulk.locations)
  add('bareRead', bulk.bareEach)

  const storing = await cost(async () => {
    database.pass()
    return await awaitStored()
  })
  add('storeBulk', (storing.posted + storing.watching) / storing.locations)

  // With the database there: what the instance that is not posted to does more than reading is storing its share.
  const before = await meters.watching.look()
  const all = await cost(async () => {
    await post(POSTS)
    return await awaitStored()
  })
  const share = (await meters.watching.look()).stored - before.stored
  add('store', (all.watching - (one.watching * all.locations) / one.locations) / share)
}
