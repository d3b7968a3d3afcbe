import { expect, it } from 'vitest'
import { GivenAtGreeting } from '#server/push/given-at-greeting.ts'

it('[SOCK2] a point given at the greeting is not pushed again to whom it was given, and to nobody less', () => {
  const given = new GivenAtGreeting()
  given.note('a delivery', 'back again', [3, 4])
  given.note('a delivery', 'back as well', [4])
  given.note('another', 'somebody else', [4])
  expect(given.holders('a delivery', 2)).toEqual([])
  expect(given.holders('a delivery', 3)).toEqual(['back again'])
  expect(given.holders('a delivery', 4)).toEqual(['back again', 'back as well'])
  given.forget('a delivery', 'back again')
  expect(given.holders('a delivery', 4)).toEqual(['back as well'])
  expect(given.holders('another', 4)).toEqual(['somebody else'])
})
