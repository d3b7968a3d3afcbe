import type { Claims } from '#domain/access.ts'
import type { Config } from '../config.ts'
import { sharedInProcess } from '../ground/shared-in-process.ts'
import type { Logger } from '../logger.ts'
import { createRateLimiter, type RateLimiter } from './rate-limit.ts'
import type { ShareCounts } from './share-counts.ts'
import type { Tokens } from './tokens.ts'

/** What every endpoint needs to let a request in. */
export type Access = {
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

type Dependencies = Pick<Access, 'tokens' | 'logger'> & {
  config: Config
  share: ShareCounts | undefined
  /** @throws ProblemError as `refuseReplaced` */
  open(claims: Claims): unknown
}

export function createAccess({ config, share, open, tokens, logger }: Dependencies): Access {
  return {
    tokens,
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
