import { hkdfSync } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'
import { z } from 'zod'
import { deliveryIdSchema } from '#contracts/delivery.ts'
import { linkVersionSchema, type Role, roleSchema } from '#contracts/role.ts'
import type { Claims } from '#domain/access.ts'
import { BoundedMap } from '../ground/bounded-map.ts'
import { ProblemError } from '../ground/problem-error.ts'

/**
 * From the making of a link, or from the time that is promised if that is later. A shift is shorter than that; a link found
 * in an old chat should no longer open anything.
 */
const TOKEN_LIFETIME_MS = 24 * 3_600_000
const ISSUER = 'rider-live'
const ALGORITHM = 'HS256'
/** Verified tokens are remembered, since the same one comes with every post: an HMAC costs more than a look-up. */
const REMEMBERED = 25_000

const payloadSchema = z.object({
  sub: deliveryIdSchema,
  role: roleSchema,
  /** Missing in tokens that are older than the replacing of links. */
  version: linkVersionSchema.default(1),
  exp: z.number(),
})

/** What a limit counts: a link, whichever of its tokens is shown. */
export const linkKey = ({ deliveryId, role, version }: Claims): string => `${deliveryId} ${role} ${version}`

export type Tokens = {
  issue(link: {
    deliveryId: string
    role: Role
    version: number
    /** When the delivery is promised. */
    promisedAtMs?: number | undefined
    /** Default: TOKEN_LIFETIME_MS. */
    lifetimeMs?: number
  }): string
  /** @throws ProblemError `unauthenticated` when the token is forged, altered, or expired */
  verify(token: string): Claims
}

/**
 * Tokens are JWTs (RFC 7519) signed with HMAC-SHA-256, good for one delivery, one role, and one version of that role's
 * link. Whether that version is still the one that works is not theirs to know: see open-delivery.ts.
 */
export function createTokens(secret: string, now: () => number = Date.now): Tokens {
  // HMAC-SHA-256 wants a key of 256 bits (RFC 7518 §3.2); HKDF makes one of a secret of any length (RFC 5869).
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'rider-live tokens', 32))
  const sign = createSigner({ key, algorithm: ALGORITHM, iss: ISSUER, noTimestamp: true })
  const readSigned = createVerifier({
    key,
    algorithms: [ALGORITHM],
    allowedIss: ISSUER,
    requiredClaims: ['iss', 'sub', 'exp'],
    // It is looked at below, at each use of a remembered token as well.
    ignoreExpiration: true,
  })
  const remembered = new BoundedMap<string, Claims>(REMEMBERED)

  return {
    issue({ deliveryId, role, version, promisedAtMs = 0, lifetimeMs = TOKEN_LIFETIME_MS }) {
      const beginsAtMs = Math.max(now(), promisedAtMs)
      const exp = Math.floor((beginsAtMs + lifetimeMs) / 1_000)
      return sign({ role, version, sub: deliveryId, exp })
    },

    verify(token) {
      const known = remembered.get(token)
      const claims = known ?? read(token)
      if (claims.expiresAtMs <= now()) {
        remembered.delete(token)
        throw new ProblemError('unauthenticated', { detail: 'The token has expired.' })
      }
      if (!known) remembered.set(token, claims)
      return claims
    },
  }

  function read(token: string): Claims {
    try {
      if (!token.split('.').every(isCanonical)) throw new Error('The token has another spelling')
      const { sub, role, version, exp } = payloadSchema.parse(readSigned(token))
      return { deliveryId: sub, role, version, expiresAtMs: exp * 1_000 }
    } catch (cause) {
      throw new ProblemError('unauthenticated', { detail: 'The token is not valid.', cause })
    }
  }
}

/** Base64url has several spellings of the same bytes, and decoders take them all; ours is the one without padding and rest bits. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}
