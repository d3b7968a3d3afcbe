import fc from 'fast-check'
import { expect, it } from 'vitest'
import { roleSchema } from '#contracts/role.ts'
import type { Claims } from '#domain/access.ts'
import { FIRST_LINKS, isReplaced, mayReplaceLink, withNewer } from '#domain/links.ts'

const version = fc.integer({ min: 1, max: 9 })
const role = fc.constantFrom(...roleSchema.options)
const claims = (of: Claims['role']): Claims => ({ deliveryId: 'd1', role: of, version: 1, expiresAtMs: 0 })

it('[ACC2] a link is replaced by any later one of its own role, never by the other role’s', () => {
  fc.assert(
    fc.property(role, version, version, version, (mine, held, rider, customer) => {
      const links = { rider, customer }
      expect(isReplaced({ role: mine, version: held }, links)).toBe(held < links[mine])
    }),
  )
})

it('[ACC2] what is heard in any order, and more than once, ends with the newest of each role', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(role, version)), (heard) => {
      const links = heard.reduce((known, [of, number]) => withNewer(known, of, number), FIRST_LINKS)
      for (const of of roleSchema.options) {
        const numbers = heard.filter(([whose]) => whose === of).map(([, number]) => number)
        expect(links[of]).toBe(Math.max(1, ...numbers))
      }
    }),
  )
})

it('[ACC3] dispatch replaces either link, a rider the customer’s, a customer none', () => {
  const verdicts = (asker: Parameters<typeof mayReplaceLink>[0]) =>
    roleSchema.options.filter((wanted) => mayReplaceLink(asker, wanted))
  expect(verdicts('dispatch')).toEqual(['rider', 'customer'])
  expect(verdicts(claims('rider'))).toEqual(['customer'])
  expect(verdicts(claims('customer'))).toEqual([])
})
