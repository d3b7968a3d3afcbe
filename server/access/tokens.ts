import { createSecretKey, hkdfSync } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
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
  }): Promise<string>
  /**
   * At once for a token that is known.
   * @throws ProblemError `unauthenticated` when the token is forged, altered, or expired
   */
  verify(token: string): Claims | Promise<Claims>
}

/**
 * Tokens are JWTs (RFC 7519) signed with HMAC-SHA-256, good for one delivery, one role, and one version of that role's
 * link. Whether that version is still the one that works is not theirs to know: see open-delivery.ts.
 */
export function createTokens(secret: string, now: () => number = Date.now): Tokens {
  // HMAC-SHA-256 wants a key of 256 bits (RFC 7518 §3.2); HKDF makes one of a secret of any length (RFC 5869).
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'rider-live tokens', 32)))
  const remembered = new BoundedMap<string, Claims>(REMEMBERED)

  return {
    async issue({ deliveryId, role, version, promisedAtMs = 0, lifetimeMs = TOKEN_LIFETIME_MS }) {
      const beginsAtMs = Math.max(now(), promisedAtMs)
      return await new SignJWT({ role, version })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(deliveryId)
        .setExpirationTime(Math.floor((beginsAtMs + lifetimeMs) / 1_000))
        .sign(key)
    },

    verify(token) {
      const known = remembered.get(token)
      if (!known) return verifyAndRemember(token)
      if (known.expiresAtMs > now()) return known
      remembered.delete(token)
      return Promise.reject(new ProblemError('unauthenticated', { detail: 'The token has expired.' }))
    },
  }

  async function verifyAndRemember(token: string): Promise<Claims> {
    const claims = await verifyOnce(token)
    remembered.set(token, claims)
    return claims
  }

  async function verifyOnce(token: string): Promise<Claims> {
    if (!token.split('.').every(isCanonical))
      throw new ProblemError('unauthenticated', { detail: 'The token is not valid.' })
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer: ISSUER,
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      })
      const { sub, role, version, exp } = payloadSchema.parse(payload)
      return { deliveryId: sub, role, version, expiresAtMs: exp * 1_000 }
    } catch (cause) {
      const detail = cause instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid.'
      throw new ProblemError('unauthenticated', { detail, cause })
    }
  }
}

/** Base64url has several spellings of the same bytes, and decoders take them all; ours is the one without padding and rest bits. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}
