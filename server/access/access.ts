import type { Claims } from '#domain/access.ts'
import type { Config } from '../config.ts'
import { sharedInProcess } from '../ground/shared-in-process.ts'
import type { Logger } from '../logger.ts'
import type { DeviceCodes } from './device-codes.ts'
import { createRateLimiter, type RateLimiter } from './rate-limit.ts'
import type { ShareCounts } from './share-counts.ts'
import type { Tokens } from './tokens.ts'

/** What it takes to let in whoever has a token. */
export type TokenAccess = {
  tokens: Tokens
  tokenLimit: RateLimiter
  /** @throws ProblemError `unauthenticated` when the link has been replaced since, `not_found` without its delivery */
  refuseReplaced(claims: Claims): Promise<void>
  /** The demo: every client may create deliveries and list them, as its first page does. */
  isOpen: boolean
  /** Who shows it is dispatch; with `undefined` no client is. */
  dispatchToken: string | undefined
  logger: Logger
}

/** What every endpoint needs to let a request in. */
export type Access = TokenAccess & {
  deviceCodes: DeviceCodes
  /** How often one delivery gets a new device code. */
  codeLimit: RateLimiter
}

type Dependencies = Pick<Access, 'tokens' | 'deviceCodes' | 'logger'> & {
  config: Config
  share: ShareCounts | undefined
  /** @throws ProblemError as `refuseReplaced` */
  open(claims: Claims): unknown
}

/** Of one delivery: a rider who mistypes asks again and again, but not for ever. */
const NEW_CODES = { perSecond: 1 / 6, burst: 10 }

export function createAccess({ config, share, open, tokens, deviceCodes, logger }: Dependencies): Access {
  return {
    tokens,
    deviceCodes,
    codeLimit: createRateLimiter(NEW_CODES, 'rider', share),
    logger,
    refuseReplaced: async (claims) => void (await open(claims)),
    tokenLimit: createRateLimiter(config.rateLimitToken, 'token', share),
    isOpen: config.demo,
    dispatchToken: config.dispatchToken,
  }
}

const shared = sharedInProcess<Access>('access')
export const provideAccess = shared.provide
export const access = shared.use
