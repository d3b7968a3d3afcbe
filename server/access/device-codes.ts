import { createHmac, hkdfSync, randomInt } from 'node:crypto'
import { CODE_ALPHABET, CODE_LENGTH } from '#contracts/device-code.ts'
import type { Database } from '../db/database.ts'
import { type FoundCode, findCode } from '../db/device-codes.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { addressKey } from '../ground/address-key.ts'
import { BoundedMap } from '../ground/bounded-map.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { createRateLimiter } from './rate-limit.ts'
import type { ShareCounts } from './share-counts.ts'

/** As for a link: a shift is shorter. */
const LIFETIME_MS = 24 * 3_600_000
/** Of one address. Phones behind one carrier's address come with right codes: of those each counts once. */
const UNKNOWN_CODES = { perSecond: 1, burst: 60 }
const REMEMBERED = 20_000
const WELL_FORMED = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)

export type DeviceCodes = {
  make(): string
  /** What is kept of a code. */
  digestOf(code: string): string
  /**
   * What this code is for, however it was typed.
   * @throws ProblemError `unauthenticated`, or `rate_limited` when this address has tried too many that were not known
   */
  open(typed: string, address: string): Promise<FoundCode>
}

type Dependencies = { secret: string; db: Database; share: ShareCounts | undefined; now: () => number }

/**
 * The codes of phone apps, which have no room for a token. 30^10 of them are too many to be found by trying over the
 * network; the digest is keyed, so that a copy of the database does not give them away either.
 */
export function createDeviceCodes({ secret, db, share, now }: Dependencies): DeviceCodes {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'rider-live device codes', 32))
  const unknown = createRateLimiter(UNKNOWN_CODES, 'address with unknown codes', share)
  /** Digests that were right here before: who shows one is no guesser. */
  const known = new BoundedMap<string, true>(REMEMBERED)
  const digestOf = (code: string) => createHmac('sha256', key).update(code).digest('base64url')

  return {
    make: () =>
      Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join(''),
    digestOf,
    async open(typed, address) {
      const code = typed.toUpperCase().replaceAll(/[\s-]/g, '')
      const digest = WELL_FORMED.test(code) ? digestOf(code) : ''
      // Before it is looked up: a guesser who is limited learns nothing, not even of a right guess.
      if (!known.has(digest)) unknown.consume(addressKey(address))
      const found =
        digest === '' ? null : await queryWithDeadline(() => findCode(db, digest, now() - LIFETIME_MS))
      if (found === null) {
        known.delete(digest)
        throw new ProblemError('unauthenticated', {
          detail: 'This device code is not valid. The rider’s page shows a new one.',
          scheme: 'Basic realm="device code"',
        })
      }
      known.setLast(digest, true)
      return found
    },
  }
}
