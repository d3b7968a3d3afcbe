import { expect, it } from 'vitest'
import { SentWithSnapshot } from '#server/push/sent-with-snapshot.ts'

it('[SOCK2] a point given at the greeting is not pushed again to whom it was given, and to nobody less', () => {
  const sentWithSnapshot = new SentWithSnapshot()
  sentWithSnapshot.note('a delivery', 'back again', [3, 4])
  sentWithSnapshot.note('a delivery', 'back as well', [4])
  sentWithSnapshot.note('another', 'somebody else', [4])
  expect(sentWithSnapshot.holders('a delivery', 2)).toEqual([])
  expect(sentWithSnapshot.holders('a delivery', 3)).toEqual(['back again'])
  expect(sentWithSnapshot.holders('a delivery', 4)).toEqual(['back again', 'back as well'])
  sentWithSnapshot.forget('a delivery', 'back again')
  expect(sentWithSnapshot.holders('a delivery', 4)).toEqual(['back as well'])
  expect(sentWithSnapshot.holders('another', 4)).toEqual(['somebody else'])
})
