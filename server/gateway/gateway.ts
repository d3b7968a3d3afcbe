import type { Claims } from '#domain/access.ts'
import type { Log } from '../log.ts'
import { sharedInProcess } from '../shared-in-process.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Tokens } from './tokens.ts'

/** What every endpoint needs to let a request in. */
export type Gateway = {
  tokens: Tokens
  tokenLimit: RateLimiter
  /** @throws ProblemError `unauthenticated` when the link has been replaced since, `not_found` without its delivery */
  refuseReplaced(claims: Claims): Promise<void>
  /** Whoever is dispatch outside demo mode holds this; undefined lets everyone create deliveries, and do no more. */
  dispatchToken: string | undefined
  log: Log
}

const shared = sharedInProcess<Gateway>('gateway')
export const provideGateway = shared.provide
export const gateway = shared.use
