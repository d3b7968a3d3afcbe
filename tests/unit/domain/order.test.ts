import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDeliveryBodySchema } from '#contracts/order.ts'
import { findOrderFault, normaliseOrder } from '#domain/order.ts'
import { differingMember, digestOrder } from '#server/delivery/order-digest.ts'
import { BERLIN } from '../../support/order.ts'

const NOW_MS = 1_800_000_000_000
const DAY_MS = 86_400_000
const northOf = (lat: number) => ({ name: 'North', lat, lng: BERLIN.store.lng })

it('[ORD3] the limits of an order are inclusive', () => {
  const fieldOf = (change: object) => findOrderFault({ ...BERLIN, ...change }, NOW_MS)?.field
  expect(fieldOf({})).toBeUndefined()
  expect(fieldOf({ promisedAtMs: NOW_MS - DAY_MS })).toBeUndefined()
  expect(fieldOf({ promisedAtMs: NOW_MS - DAY_MS - 1 })).toBe('promisedAtMs')
  expect(fieldOf({ promisedAtMs: NOW_MS + 366 * DAY_MS })).toBeUndefined()
  expect(fieldOf({ promisedAtMs: NOW_MS + 366 * DAY_MS + 1 })).toBe('promisedAtMs')
  expect(fieldOf({ destination: northOf(70) })).toBeUndefined()
  expect(fieldOf({ destination: northOf(71) })).toBe('destination')
})

it('[ORD3] whatever text and phone an order has, it is taken or refused by its field', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (name, phone) => {
      const parsed = createDeliveryBodySchema.safeParse({ ...BERLIN, rider: { name, phone } })
      const named = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
      expect(named.filter((path) => path !== 'rider.name' && path !== 'rider.phone')).toEqual([])
      expect(named.includes('rider.phone')).toBe(!isPhone(phone))
      if (/\p{Cc}/u.test(name)) expect(named).toContain('rider.name')
    }),
  )
})

const isPhone = (text: string) => {
  const digits = text.replaceAll(/[^0-9]/g, '').length
  return /^[0-9+() -]{1,32}$/.test(text) && digits >= 3 && digits <= 20
}

it('[ORD4] [ORD5] what is not said twice does not count, what differs is named', () => {
  const digestOf = (change: object) => digestOrder(normaliseOrder({ ...BERLIN, ...change }))
  const asked = digestOf({})
  const differs = (change: object) => differingMember(asked, digestOf(change))
  expect(differs({ externalId: 'other', pin: false })).toBeNull()
  expect(differs({ store: { ...BERLIN.store, lat: BERLIN.store.lat + 1e-9 } })).toBeNull()
  expect(differs({ rider: {} })).toBe('rider.name')
  expect(differs({ customer: undefined })).toBe('customer.name')
  expect(
    differs({
      route: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toBe('route')
  expect(JSON.stringify(asked)).not.toMatch(/7744|Jörg/)
})
