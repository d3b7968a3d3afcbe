import { setTimeout as delay } from 'node:timers/promises'
import type { Location } from '#contracts/location.ts'
import { findLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'

/** The history is behind by moments, as a rule: whoever asks need not come back for that. */
const WAIT_MS = 1_000
const LOOK_EVERY_MS = 100

/**
 * Whether the history has stored this location, and with it all that came before it in the log. Of a null there is none
 * before: true.
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
