import type { Claims } from '#domain/access.ts'
import { sharedInProcess } from '../ground/shared-in-process.ts'
import type { Logger } from '../logger.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Tokens } from './tokens.ts'

/** What every endpoint needs to let a request in. */
export type Access = {
  tokens: Tokens
  tokenLimit: RateLimiter
  /** @throws ProblemError `unauthenticated` when the link has been replaced since, `not_found` without its delivery */
  refuseReplaced(claims: Claims): Promise<void>
  /** Whoever is dispatch outside demo mode holds this; undefined lets everyone create deliveries, and do no more. */
  dispatchToken: string | undefined
  logger: Logger
}

const shared = sharedInProcess<Access>('access')
export const provideAccess = shared.provide
export const access = shared.use
