import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { createSentOn, type SentOn } from '../ground/sent-on.ts'
import type { Logger } from '../logger.ts'
import { createDeviceCodes, type DeviceCodes } from './device-codes.ts'
import { type ShareCounts, shareThrough } from './share-counts.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { type VapidKeys, vapidKeys } from './vapid-keys.ts'

/** All that follows from the one secret, and what limits those who guess. */
export type Credentials = {
  tokens: Tokens
  keys: VapidKeys
  deviceCodes: DeviceCodes
  sentOn: SentOn
  /** Undefined where no other instance can be. */
  share: ShareCounts | undefined
}

type Dependencies = { config: Config; db: Database; logger: Logger; now: () => number }

export function createCredentials(secret: string, { config, db, logger, now }: Dependencies): Credentials {
  const share = shareThrough(db, { ...config, logger, now })
  return {
    share,
    tokens: createTokens(secret, now),
    keys: vapidKeys(secret, config),
    deviceCodes: createDeviceCodes({ secret, db, share, now }),
    sentOn: createSentOn(secret),
  }
}
