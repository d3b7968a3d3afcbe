import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleSchema } from '#contracts/role.ts'
import { type Claims, decideAccess } from '#domain/access.ts'

const rider: Claims = { deliveryId: 'd1', role: 'rider', version: 1, expiresAtMs: 0 }

describe('a token', () => {
  it('[ACC1] opens its own delivery to its own role', () => {
    expect(decideAccess(rider, { deliveryId: 'd1', roles: ['rider'] })).toBe('allowed')
    expect(decideAccess(rider, { deliveryId: 'd1', roles: ['customer', 'rider'] })).toBe('allowed')
  })

  it('[ACC1] opens no other delivery', () => {
    expect(decideAccess(rider, { deliveryId: 'd2', roles: ['rider'] })).toBe('forbidden')
  })

  it('[ACC1] does nothing in another role, or where no role may', () => {
    expect(decideAccess(rider, { deliveryId: 'd1', roles: ['customer'] })).toBe('forbidden')
    expect(decideAccess(rider, { deliveryId: 'd1', roles: [] })).toBe('forbidden')
  })

  it('[ACC1] is compared whole: no prefix, no case folding', () => {
    const role = fc.constantFrom(...roleSchema.options)
    fc.assert(
      fc.property(fc.string(), fc.string(), role, role, (mine, asked, myRole, askedRole) => {
        const claims = { deliveryId: mine, role: myRole, version: 1, expiresAtMs: 0 }
        const verdict = decideAccess(claims, { deliveryId: asked, roles: [askedRole] })
        expect(verdict === 'allowed').toBe(mine === asked && myRole === askedRole)
      }),
    )
  })
})
