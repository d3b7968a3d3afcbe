import { createHash, timingSafeEqual } from 'node:crypto'
import { type AccessNeeds, type Claims, decideAccess } from '#domain/access.ts'
import type { Asker } from '#domain/links.ts'
import type { FoundCode } from '../db/device-codes.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Access, TokenAccess } from './access.ts'
import { linkKey } from './tokens.ts'

/** RFC 6750 §2.1: the token travels in the header and nowhere else. */
function bearerToken(authorization: string | null): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    throw new ProblemError('unauthenticated', {
      detail: 'Send the token as `Authorization: Bearer <token>`.',
    })
  }
  return token
}

/**
 * Returns whose token this is, if it allows this call on this delivery. For another delivery the answer is the same whether
 * it exists or not, so that ids cannot be probed. Whether the link has been replaced is not asked here.
 */
export function authenticate(
  { tokens, tokenLimit }: TokenAccess,
  authorization: string | null,
  needs: AccessNeeds,
): Claims {
  const claims = tokens.verify(bearerToken(authorization))
  tokenLimit.consume(linkKey(claims))
  if (decideAccess(claims, needs) === 'forbidden') {
    throw new ProblemError('forbidden', {
      detail: 'The token belongs to another delivery, or to another role than this call is for.',
    })
  }
  return claims
}

/** The same, and the link is still the one that works. */
export async function authenticateFor(
  access: TokenAccess,
  authorization: string | null,
  needs: AccessNeeds,
): Promise<Claims> {
  const claims = authenticate(access, authorization, needs)
  await access.refuseReplaced(claims)
  return claims
}

/** The same for an app on the rider's phone, which shows a device code, from this address. */
export async function authenticateApp(
  { deviceCodes, tokenLimit }: Access,
  code: string,
  address: string,
): Promise<FoundCode> {
  const found = await deviceCodes.open(code, address)
  tokenLimit.consume(`${found.deliveryId} app`)
  return found
}

/** In demo mode every client may create deliveries; otherwise only one with the dispatch token. */
export function authenticateDispatch(
  { isOpen, dispatchToken }: TokenAccess,
  authorization: string | null,
): void {
  if (isOpen) return
  const token = bearerToken(authorization)
  if (dispatchToken === undefined || !equalInConstantTime(token, dispatchToken)) {
    throw new ProblemError('unauthenticated', { detail: 'The dispatch token is not valid.' })
  }
}

/**
 * For calls that dispatch may make on every delivery, and a rider or customer on their own. Only the dispatch token counts
 * as dispatch here: in the demo every visitor may create a delivery, and still has no power over those of others.
 */
export async function authenticateDispatchOr(
  access: TokenAccess,
  authorization: string | null,
  needs: AccessNeeds,
): Promise<Asker> {
  const { dispatchToken } = access
  const isDispatch =
    dispatchToken !== undefined && equalInConstantTime(bearerToken(authorization), dispatchToken)
  return isDispatch ? 'dispatch' : await authenticateFor(access, authorization, needs)
}

/** Hashing first gives both the same length, which timingSafeEqual asks for. */
function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
