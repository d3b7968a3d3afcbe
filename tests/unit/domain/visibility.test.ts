import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveryStatusSchema } from '#contracts/delivery.ts'
import { isLocationVisible } from '#domain/visibility.ts'

it('[VIS2] the position known at pick-up is the first that a customer sees', () => {
  expect(isLocationVisible({ status: 'picked_up', visibleFromSeq: 7 }, 6)).toBe(false)
  expect(isLocationVisible({ status: 'picked_up', visibleFromSeq: 7 }, 7)).toBe(true)
  expect(isLocationVisible({ status: 'arriving', visibleFromSeq: 7 }, 8)).toBe(true)
})

it('[VIS1] before pick-up and after the end nothing is visible', () => {
  expect(isLocationVisible({ status: 'accepted', visibleFromSeq: null }, 1)).toBe(false)
  expect(isLocationVisible({ status: 'delivered', visibleFromSeq: 1 }, 9)).toBe(false)
  expect(isLocationVisible({ status: 'cancelled', visibleFromSeq: 1 }, 9)).toBe(false)
})

it('[VIS2] while it is not set where visibility begins, nothing is visible', () => {
  fc.assert(
    fc.property(fc.constantFrom(...deliveryStatusSchema.options), fc.nat(), (status, seq) => {
      expect(isLocationVisible({ status, visibleFromSeq: null }, seq)).toBe(false)
    }),
  )
})
