import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { createDeviceCodes, type DeviceCodes } from './device-codes.ts'
import type { ShareCounts } from './share-counts.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { type VapidKeys, vapidKeys } from './vapid-keys.ts'

/** All that follows from the one secret. */
export type Credentials = { tokens: Tokens; keys: VapidKeys; deviceCodes: DeviceCodes }

type Dependencies = { config: Config; db: Database; share: ShareCounts | undefined; now: () => number }

export function createCredentials(secret: string, { config, db, share, now }: Dependencies): Credentials {
  return {
    tokens: createTokens(secret, now),
    keys: vapidKeys(secret, config),
    deviceCodes: createDeviceCodes({ secret, db, share, now }),
  }
}
