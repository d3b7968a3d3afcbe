import { setTimeout as delay } from 'node:timers/promises'
import type { Location } from '#contracts/location.ts'
import { findLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'

/** The history is usually behind by moments: waiting for it is cheaper than a second request. */
const WAIT_MS = 1_000
const LOOK_EVERY_MS = 100

/**
 * Returns whether the history has stored this location, and so all that came before it in the log. True for null, which
 * has nothing before it.
 */
export async function isStoredSoon(db: Database, location: Location | null): Promise<boolean> {
  if (location === null) return true
  const untilMs = performance.now() + WAIT_MS
  for (;;) {
    const found = await findLocations(db, location.deliveryId, [location.seq])
    if (found.length > 0) return true
    if (performance.now() >= untilMs) return false
    await delay(LOOK_EVERY_MS)
  }
}
