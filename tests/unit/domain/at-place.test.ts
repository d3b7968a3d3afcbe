import { expect, it } from 'vitest'
import { isAtPlace } from '#domain/at-place.ts'

const DOOR = { lat: 37.5, lng: 127 }
/** Metres north of the door. */
const north = (metres: number): [number, number] => [37.5 + metres / 111_195, 127]

it('[RIDE20] is there within 30 m, by a position that is known to within 30 m', () => {
  const is = (metres: number, accuracyM?: number) => isAtPlace({ at: north(metres), accuracyM }, DOOR)
  expect([is(0), is(29), is(31)]).toEqual([true, true, false])
  expect([is(5, 12), is(29, 30)]).toEqual([true, true])
  expect([is(5, 31), is(0, 500), is(31, 5)]).toEqual([false, false, false])
})
