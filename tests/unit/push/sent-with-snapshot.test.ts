import { expect, it } from 'vitest'
import { SentWithSnapshot } from '#server/push/sent-with-snapshot.ts'

it('[SOCK2] a point given at the greeting is not pushed again to whom it was given, and to nobody less', () => {
  const sentWithSnapshot = new SentWithSnapshot()
  sentWithSnapshot.note('a delivery', 'back again', [3, 4])
  sentWithSnapshot.note('a delivery', 'back as well', [4])
  sentWithSnapshot.note('another', 'somebody else', [4])
  const sockets = ['back again', 'back as well', 'somebody else']
  const holders = (deliveryId: string, seq: number) => {
    const isHolder = sentWithSnapshot.holders(deliveryId, seq)
    return isHolder && sockets.filter(isHolder)
  }
  expect(holders('a delivery', 2)).toEqual([])
  expect(holders('a delivery', 3)).toEqual(['back again'])
  expect(holders('a delivery', 4)).toEqual(['back again', 'back as well'])
  sentWithSnapshot.forget('a delivery', 'back again')
  expect(holders('a delivery', 4)).toEqual(['back as well'])
  expect(holders('another', 4)).toEqual(['somebody else'])
  expect(holders('a third', 4)).toBeUndefined()
})
