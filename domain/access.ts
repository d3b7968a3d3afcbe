import type { Role } from '#contracts/role.ts'

/** What a token says, once its signature and its expiry have been checked. */
export type Claims = {
  deliveryId: string
  role: Role
  /** Of the link that it was issued for: see domain/links.ts. */
  version: number
  expiresAtMs: number
}

export type AccessNeeds = { deliveryId: string; roles: readonly Role[] }

/**
 * Whether these claims open that delivery to one of these roles. A delivery that does not exist is `forbidden` like
 * any other's, so that ids cannot be probed.
 */
export function decideAccess(claims: Claims, needs: AccessNeeds): 'allowed' | 'forbidden' {
  return claims.deliveryId === needs.deliveryId && needs.roles.includes(claims.role) ? 'allowed' : 'forbidden'
}
