import type { Log } from '../log.ts'
import { sharedInProcess } from '../shared-in-process.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Tokens } from './tokens.ts'

/** What every endpoint needs to let a request in. */
export type Gateway = {
  tokens: Tokens
  tokenLimit: RateLimiter
  /** Whoever may create deliveries outside demo mode holds this; undefined lets everyone. */
  dispatchToken: string | undefined
  log: Log
}

const shared = sharedInProcess<Gateway>('gateway')
export const provideGateway = shared.provide
export const gateway = shared.use
